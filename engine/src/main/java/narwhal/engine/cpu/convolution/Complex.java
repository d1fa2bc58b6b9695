package narwhal.engine.cpu.convolution;

/// Complex numbers, real and imaginary parts in arrays of their own.
record Complex(float[] re, float[] im) {
    /// As many zeros.
    static Complex of(int size) {
        return new Complex(new float[size], new float[size]);
    }
}
