package narwhal.history.facts;

import narwhal.history.log.KnownNetworks;

/// What a sentence says of the network as a whole: dropout, batch normalisation, weights that are pretrained or frozen.
final class NetworkText {
    private final Sentence text;
    private final FactsBuilder facts;

    NetworkText(Sentence text, FactsBuilder facts) {
        this.text = text;
        this.facts = facts;
    }

    void word(int i) {
        var word = text.at(i).text();
        if (text.at(i).is("dropout", "dropouts") || text.at(i).is("drop") && text.at(i + 1).number() < 1) dropout(i);
        if (isBatchNorm(text, i))
            facts.put(FactKey.BATCH_NORM, !text.negated(i) && !text.at(i + 2).is("no", "none", "false"));
        if (KnownNetworks.isNormalised(word)) facts.byDefault(FactKey.BATCH_NORM, true);
        if (text.at(i).is("pretrained", "pre-trained", "imagenet", "fine-tuning", "finetuning", "fine-tuned",
                "fine-tune", "finetune")
                || text.at(i).is("transfer") && text.at(i + 1).is("learning")) {
            boolean pictures = text.at(i).is("imagenet") && text.near(i, 2, "dataset", "tiny", "example", "images");
            // Word vectors that were trained elsewhere leave all the rest of a network to be trained.
            boolean words = text.near(i, 3, "embedding", "embeddings", "glove", "word2vec", "fasttext", "vectors");
            if (!pictures && !words) facts.put(FactKey.PRETRAINED, !text.negated(i));
        }
        if (text.at(i).is("frozen", "freeze", "freezing", "froze")) {
            facts.put(FactKey.FROZEN, !text.negated(i));
            // Who freezes one of them has its weights.
            if (!text.negated(i) && KnownNetworks.areMentioned(text.line()))
                facts.byDefault(FactKey.PRETRAINED, true);
        }
        if (word.endsWith("requires_grad") && text.negated(i)) facts.put(FactKey.FROZEN, true);
        boolean trainable = text.at(i).is("trainable") || word.endsWith(".trainable");
        if (trainable && text.negated(i)) facts.put(FactKey.FROZEN, true);
        // `only the head trained`
        if (text.at(i).is("trained", "trainable") && (text.at(i - 2).is("only") || text.at(i - 3).is("only")))
            facts.put(FactKey.FROZEN, true);
        if (text.at(i).is("trained", "trainable") && text.at(i - 2).is("all", "every"))
            facts.put(FactKey.FROZEN, false);
        if (text.at(i).is("from") && text.at(i + 1).is("scratch")) facts.put(FactKey.PRETRAINED, false);
        if (text.at(i).is("unfrozen", "unfreeze")) facts.put(FactKey.FROZEN, false);
    }

    private void dropout(int i) {
        if (text.negated(i)) {
            facts.put(FactKey.DROPOUT, 0.0);
            return;
        }
        double largest = -1;
        int k = text.numberAfter(i, 4);
        while (k > 0 && k < text.size() && text.at(k).isNumber()) {
            double rate = text.at(k + 1).is("%") ? text.at(k).number() / 100 : text.at(k).number();
            if (rate < 0 || rate >= 1 && !text.at(k + 1).is("%")) break;
            largest = Math.max(largest, rate);
            int next = text.at(k + 1).is("%") ? k + 2 : k + 1;
            if (!text.at(next).is("-", "to", "and", "/", "–", ",", "..") || !text.at(next + 1).isNumber()
                    || text.at(next + 1).number() >= 1)
                break;
            k = next + 1;
        }
        if (largest >= 0) {
            double earlier = facts.soFar().value(FactKey.DROPOUT).orElse(-1.0);
            if (largest > earlier) facts.replace(FactKey.DROPOUT, largest);
            else
                facts.understood();
        } else {
            facts.understood();
        }
    }

    static boolean isBatchNorm(Sentence text, int i) {
        return text.at(i).is("batchnorm", "batchnormalization", "batch_normalization", "bn", "batchnorm2d",
                "batchnorm1d", "batchnorm3d",
                "batch-norm", "batch_norm", "use_batch_norm", "use_batchnorm", "use_bn")
                || text.at(i).is("batch")
                        && text.at(i + 1).is("norm", "normalization", "normalisation", "normalised", "normalized");
    }

    /// `SGD, momentum 0.9, batch 32` speaks of no batch normalisation.
    static boolean isNear(Sentence text, int i) {
        for (int k = i - 5; k <= i; k++) {
            if (isBatchNorm(text, k)) return true;
        }
        for (int k = i + 1; k <= i + 6 && !text.at(k).is(",", ";"); k++) {
            if (isBatchNorm(text, k)) return true;
        }
        return false;
    }
}
