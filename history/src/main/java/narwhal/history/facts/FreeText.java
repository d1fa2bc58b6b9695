package narwhal.history.facts;

/// Takes facts out of a sentence: `2000 train / 1000 validation, batch 20, RMSprop 1e-4`. Each reader looks for a few words beside a
/// number; what fits none of them is not guessed at.
final class FreeText {
    private FreeText() {
    }

    static void read(String line, FactsBuilder facts) {
        var text = new Sentence(line);
        var counts = new CountText(text, facts);
        var optimizer = new OptimizerText(text, facts);
        var network = new NetworkText(text, facts);
        var head = new HeadText(text, facts);
        var data = new DataText(text, facts);
        var setup = new SetupText(text, facts);
        for (int i = 0; i < text.size(); i++) {
            if (text.at(i).isNumber()) {
                counts.number(i);
                data.number(i);
            } else if (text.at(i).isWord() && !isImported(text, i)) {
                counts.word(i);
                optimizer.word(i);
                network.word(i);
                head.word(i);
                data.word(i);
                setup.word(i);
            }
        }
        NamedCounts.of(line).ifPresent(of -> facts.put(FactKey.CLASS_COUNTS, of));
        counts.unequal();
        data.anywhere();
        TargetText.read(line, facts);
        LayerText.read(text, facts);
    }

    /// `from keras.optimizers import Adam` chooses no optimizer.
    private static boolean isImported(Sentence text, int i) {
        return text.at(i - 1).is("import") || i == 1 && text.at(0).is("from");
    }
}
