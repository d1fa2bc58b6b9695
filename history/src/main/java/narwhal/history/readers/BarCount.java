package narwhal.history.readers;

/// Which bar of an epoch is being drawn: the first one is that of training, the second that of validation.
final class BarCount {
    private int inEpoch;
    private long done;
    private long total = -1;

    /// A new epoch begins.
    void reset() {
        inEpoch = 0;
        total = -1;
        done = 0;
    }

    /// Takes a state of a bar in: another length, or fewer steps after all were done, is another bar.
    ///
    /// @return the number of the bar within its epoch, from 1
    int see(ProgressBars.Bar bar) {
        boolean another = bar.total() != total || bar.done() < done;
        if (another && (inEpoch == 0 || done >= total || bar.total() != total)) inEpoch++;
        total = bar.total();
        done = bar.done();
        return inEpoch;
    }

    int inEpoch() {
        return inEpoch;
    }
}
