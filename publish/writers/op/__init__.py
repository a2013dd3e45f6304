"""officiele-publicatie, the XML of officielebekendmakingen.nl."""
