package narwhal.doctor.forensics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import narwhal.doctor.forensics.CandidateLoops.Candidate;
import narwhal.doctor.forensics.Explanation.Coverage;

/// A second walk over the winner's kind: how many could have failed, which came nearest, which are the same.
final class Rivals implements CandidateLoops.Walk {
    private final ScoringLoop winner;
    private final Coverage coverage;
    private final DigitTest test;
    private final long[] images;
    private final List<ScoringLoop> alike = new ArrayList<>();
    private int trials;
    private int fewestMisses = Integer.MAX_VALUE;

    Rivals(ScoringLoop winner, DigitTest test) {
        this.winner = winner;
        this.test = test;
        coverage = Explanation.coverage(winner);
        images = test.images(winner);
    }

    /// Loops that could have failed.
    int trials() {
        return trials;
    }

    /// Fewest misses of another loop that keeps the rhythm; -1 where there is none.
    int fewest() {
        return fewestMisses == Integer.MAX_VALUE ? -1 : fewestMisses;
    }

    /// Others that give the winner's numbers of images.
    List<ScoringLoop> alike() {
        return alike;
    }

    @Override
    public void accept(Candidate candidate) {
        var loop = candidate.loop();
        if (Explanation.coverage(loop) != coverage || !test.couldFail(loop)) return;
        trials++;
        if (loop.equals(winner)) return;
        if (Arrays.equals(images, test.images(loop))) {
            alike.add(loop);
        } else if (test.rhythm(loop) == 0) {
            fewestMisses = Math.min(fewestMisses, test.misses(loop, fewestMisses));
        }
    }
}
