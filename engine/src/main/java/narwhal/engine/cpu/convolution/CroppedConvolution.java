package narwhal.engine.cpu.convolution;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A convolution whose kernel is larger than the pictures: the taps that never meet a picture are left out, and their
/// gradient is zero. Of 7×7 taps, pictures of 2×2 meet 3×3.
public final class CroppedConvolution implements Convolution {
    private final Geometry g;
    private final Geometry met;
    private final Convolution convolution;
    private final float[] kernel;
    private final float[] gradient;

    /// @param convolution of [Geometry#met]
    public CroppedConvolution(Geometry geometry, Convolution convolution) {
        g = geometry;
        met = geometry.met();
        this.convolution = convolution;
        kernel = new float[met.kernelSize()];
        gradient = new float[met.kernelSize()];
    }

    @Override
    public void forward(float[] x, float[] kernel, float @Nullable [] bias, Finish finish, float[] y) {
        crop(kernel);
        convolution.forward(x, this.kernel, bias, finish, y);
    }

    @Override
    public void inputGradient(float[] dy, float[] kernel, float[] dx) {
        crop(kernel);
        convolution.inputGradient(dy, this.kernel, dx);
    }

    @Override
    public void kernelGradient(float[] x, float[] dy, float[] dkernel) {
        convolution.kernelGradient(x, dy, gradient);
        embed(dkernel);
    }

    @Override
    public void gradients(float[] x, float[] dy, float[] kernel, float[] dx, float[] dkernel) {
        crop(kernel);
        convolution.gradients(x, dy, this.kernel, dx, gradient);
        embed(dkernel);
    }

    private void crop(float[] whole) {
        for (int row = 0; row < met.kernelHeight(); row++)
            System.arraycopy(whole, place(row), kernel, row * run(), run());
    }

    private void embed(float[] whole) {
        Arrays.fill(whole, 0, g.kernelSize(), 0);
        for (int row = 0; row < met.kernelHeight(); row++)
            System.arraycopy(gradient, row * run(), whole, place(row), run());
    }

    /// Floats of a row of taps that meet a picture.
    private int run() {
        return met.kernelWidth() * g.inputs() * g.outputs();
    }

    /// Where the first of them lies in the whole kernel.
    private int place(int row) {
        int top = (g.kernelHeight() - met.kernelHeight()) / 2;
        int left = (g.kernelWidth() - met.kernelWidth()) / 2;
        return ((top + row) * g.kernelWidth() + left) * g.inputs() * g.outputs();
    }
}
