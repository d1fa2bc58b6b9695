package narwhal.doctor;

import java.util.ArrayList;
import java.util.List;

/// The arithmetic behind the verdict on the evaluation loop, for those who want to check it.
final class Working {
    private Working() {
    }

    static List<String> of(Case run) {
        var lines = new ArrayList<String>();
        var scoring = run.scoring();
        scoring.rhythm().ifPresent(rhythm -> lines.add(Say.format(
                "rhythm: %s, period %d, turns %d of %d (chance %s), autocorrelation %.2f, with training %.2f",
                rhythm.metric(), rhythm.period(), rhythm.turns().turns(), rhythm.turns().interior(),
                Say.chance(rhythm.turns().p()), rhythm.autocorrelation(), rhythm.training())));
        if (scoring.digits().isEmpty()) return lines;
        var digits = scoring.digits().get();
        scoring.scan().ifPresent(scan -> lines.add(Say.format(
                "digits: all values are shares of %d images (%d to %d cannot be told apart), chance %s", scan.images(),
                scan.lowest(), scan.highest(), Say.chance(scan.corrected()))));
        scoring.verdict().ifPresent(verdict -> {
            lines.add(Say.format("digits: best loop %s, misses %d of %d, chance %s, %d trials", verdict.best().loop(),
                    verdict.best().misses(), digits.size(), Say.chance(verdict.best().chance()), verdict.trials()));
            verdict.logWeights().forEach((coverage, weight) -> lines.add(
                    Say.format("weight of %s: %.1f nats", coverage.name().toLowerCase(java.util.Locale.ROOT), weight)));
            lines.add(Say.format("weight of digits that are no counts: %.1f nats", verdict.noCount()));
            if (verdict.partial()) {
                var loop = verdict.best().loop();
                for (int e = 0; e < digits.size(); e++) {
                    long images = loop.images(scoring.evaluations()[e]);
                    var window = loop.window(scoring.evaluations()[e]);
                    lines.add(
                            Say.format("evaluation %d: batches from %d, %d images, %d right, share of such values %.3f",
                                    scoring.evaluations()[e] + 1, window.first(), images, digits.right(e, images),
                                    digits.share(images)));
                }
            }
        });
        return lines;
    }
}
