import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;

/** Judges PDFs with veraPDF: {@code Vera.java FLAVOURS FILE...}, such as {@code 2a,ua1}. */
public class Vera {
    public static void main(String[] words) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean sound = true;
        for (int at = 1; at < words.length; at++) {
            for (String name : words[0].split(",")) {
                PDFAFlavour flavour = PDFAFlavour.fromString(name);
                try (FileInputStream file = new FileInputStream(words[at]);
                        PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, 5, false, false, false)) {
                    ValidationResult result = validator.validate(parser);
                    sound &= result.isCompliant();
                    System.out.println(words[at] + " " + name + " "
                        + (result.isCompliant() ? "PASS" : "FAIL " + result.getTestAssertions()));
                }
            }
        }
        System.exit(sound ? 0 : 1);
    }
}
