"""Read officiele-publicatie: the XML in which KOOP publishes Staatsblad, Kamerstukken, Aanhangsel and the gazettes."""
