import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Validates one PDF against profiles of veraPDF: java ProfileCheck FILE PROFILE...
 *
 * The engine's jar has the profiles as XML but not the library that it reads them with, so they are read here.
 * Prints a line for each failed rule; exit status 0 when every profile is met.
 */
public final class ProfileCheck {
  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element && node.getNodeName().equals(name)) {
        found.add((Element) node);
      }
    }
    return found;
  }

  private static String text(Element parent, String name) {
    List<Element> found = children(parent, name);
    return found.isEmpty() ? "" : found.get(0).getTextContent().trim();
  }

  private static Rule rule(Element element) {
    Element id = children(element, "id").get(0);
    RuleId ruleId =
        Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"),
            Integer.parseInt(id.getAttribute("testNumber")));
    Element error = children(element, "error").get(0);
    List<ErrorArgument> arguments = new ArrayList<>();
    for (Element holder : children(error, "arguments")) {
      for (Element argument : children(holder, "argument")) {
        arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent().trim(), null, null));
      }
    }
    Boolean deferred =
        element.hasAttribute("deferred") ? Boolean.valueOf(element.getAttribute("deferred")) : null;
    return Profiles.ruleFromValues(
        ruleId,
        element.getAttribute("object"),
        deferred,
        element.getAttribute("tags"),
        text(element, "description"),
        text(element, "test"),
        Profiles.errorFromValues(text(error, "message"), arguments),
        new ArrayList<>());
  }

  private static ValidationProfile profile(String name) throws Exception {
    String path = "/org/verapdf/pdfa/validation/" + name + ".xml";
    try (InputStream stream = ProfileCheck.class.getResourceAsStream(path)) {
      Element root =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream).getDocumentElement();
      Set<Rule> rules = new HashSet<>();
      for (Element holder : children(root, "rules")) {
        for (Element element : children(holder, "rule")) {
          rules.add(rule(element));
        }
      }
      Set<Variable> variables = new HashSet<>();
      for (Element holder : children(root, "variables")) {
        for (Element element : children(holder, "variable")) {
          variables.add(
              Profiles.variableFromValues(
                  element.getAttribute("name"),
                  element.getAttribute("object"),
                  text(element, "defaultValue"),
                  text(element, "value")));
        }
      }
      return Profiles.profileFromValues(
          PDFAFlavour.valueOf(root.getAttribute("flavour")),
          Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date(0)),
          "",
          rules,
          variables);
    }
  }

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    boolean allMet = true;
    for (int k = 1; k < arguments.length; k++) {
      ValidationProfile profile = profile(arguments[k]);
      try (PDFAParser parser =
              Foundries.defaultInstance().createParser(new File(arguments[0]), profile.getPDFAFlavour());
          PDFAValidator validator =
              Foundries.defaultInstance().createValidator(profile, 1000, false, false, false)) {
        ValidationResult result = validator.validate(parser);
        TreeMap<String, String> failed = new TreeMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
          if (assertion.getStatus() == TestAssertion.Status.FAILED) {
            RuleId id = assertion.getRuleId();
            failed.putIfAbsent(
                id.getClause() + " test " + id.getTestNumber(),
                assertion.getMessage() + " at " + assertion.getLocation().getContext());
          }
        }
        System.out.println(
            arguments[k] + ": " + result.getTotalAssertions() + " checks, " + failed.size() + " rules failed");
        failed.forEach((key, value) -> System.out.println("  " + key + ": " + value));
        allMet = allMet && result.isCompliant() && result.getTotalAssertions() > 0;
      }
    }
    System.exit(allMet ? 0 : 1);
  }
}
