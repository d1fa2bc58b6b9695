package narwhal.history.facts;

import java.util.regex.Pattern;

/// How far continuous targets lie apart, as a sentence says it or as a data set that it names has it.
final class TargetText {
    private static final String TARGETS = "(?:targets?|labels?|prices?|outputs?|y_train|y)";
    private static final String NUMBER = "\\D{0,12}?(\\d{1,12}(?:\\.\\d{1,12})?(?:e-?\\d{1,3})?)(?![\\d%])";
    private static final Pattern VARIANCE = Pattern
            .compile("(?i)\\b(?:" + TARGETS + " (?:variance|var)|(?:variance|var)(?: of|\\() ?(?:the )?"
                    + "(?:training )?" + TARGETS + ")\\b" + NUMBER);
    private static final Pattern DEVIATION = Pattern
            .compile("(?i)\\b(?:" + TARGETS + " (?:std|sd|standard deviation)|(?:std|standard deviation)"
                    + "(?: of|\\() ?(?:the )?(?:training )?" + TARGETS + ")\\b" + NUMBER);
    private static final Pattern BOSTON = Pattern.compile("(?i)\\bboston\\b.{0,20}\\b(?:hous|pric)");
    private static final Pattern CALIFORNIA = Pattern.compile("(?i)\\bcalifornia\\b.{0,20}\\b(?:hous|pric)");
    /// Of all 506 prices, in thousands of dollars, and of all 20,640, in hundreds of thousands: the sets as scikit-learn has them.
    private static final double BOSTON_VARIANCE = 84.42;
    private static final double CALIFORNIA_VARIANCE = 1.332;

    private TargetText() {
    }

    static void read(String line, FactsBuilder facts) {
        var variance = VARIANCE.matcher(line);
        if (variance.find()) facts.put(FactKey.TARGET_VARIANCE, Double.parseDouble(variance.group(1)));
        var deviation = DEVIATION.matcher(line);
        if (deviation.find()) {
            double apart = Double.parseDouble(deviation.group(1));
            facts.put(FactKey.TARGET_VARIANCE, apart * apart);
        }
        if (BOSTON.matcher(line).find()) facts.byDefault(FactKey.TARGET_VARIANCE, BOSTON_VARIANCE);
        if (CALIFORNIA.matcher(line).find()) facts.byDefault(FactKey.TARGET_VARIANCE, CALIFORNIA_VARIANCE);
    }
}
