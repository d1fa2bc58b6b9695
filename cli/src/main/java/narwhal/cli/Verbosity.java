package narwhal.cli;

/// How much is printed while training; Keras' `verbose`.
enum Verbosity {
    AUTO("auto"),
    SILENT("0"),
    BAR("1"),
    LINES("2");

    private final String word;

    Verbosity(String word) {
        this.word = word;
    }

    /// What is written on the command line.
    String word() {
        return word;
    }

    @Override
    public String toString() {
        return word;
    }
}
