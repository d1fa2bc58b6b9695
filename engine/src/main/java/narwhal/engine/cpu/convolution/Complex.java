package narwhal.engine.cpu.convolution;

/// Complex numbers, real and imaginary parts in arrays of their own; number n lies at [#START] + n. Whoever reads or writes
/// the arrays adds that; all other code counts from 0.
record Complex(float[] re, float[] im) {
    /// A vector that straddles two cache lines is read and written more slowly, which costs a tenth of a convolution. An
    /// array's header has 16 bytes: where objects begin cache lines (`-XX:ObjectAlignmentInBytes=64`, as our launcher
    /// says), the next line begins with the float at 12.
    static final int START = 12;

    /// As many zeros.
    static Complex of(int size) {
        return new Complex(new float[START + size], new float[START + size]);
    }
}
