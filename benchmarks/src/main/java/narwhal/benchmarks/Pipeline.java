package narwhal.benchmarks;

import static narwhal.data.augmentation.Augmentations.shear;
import static narwhal.data.augmentation.Augmentations.zoom;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import narwhal.data.Dataset;
import narwhal.data.ImageFolder;

/// A batch of pictures from JPEG files or from the cache, with the seed's shear and zoom.
final class Pipeline implements Work {
    private static final int PICTURES = 256;

    private final Dataset set;
    private final int batch;
    private final float[] pixels;
    private final ExecutorService threads;
    private int next;

    Pipeline(int threads, boolean cached, int batch, int height, int width, Path folder) {
        this.batch = batch;
        this.set = ImageFolder.of(folder).resize(height, width).rescale(1f / 255).augment(shear(0.2), zoom(0.2))
                .cacheBytes(cached ? 1L << 30 : 0).dataset();
        this.pixels = new float[batch * set.shape().size()];
        this.threads = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory());
    }

    /// Writes pictures of two classes, soft shapes with noise as photographs have them, in JPEG's usual quality.
    static void draw(Path folder, int height, int width) throws IOException {
        var random = new SplittableRandom(1);
        for (int i = 0; i < PICTURES; i++) {
            var image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
            double x0 = random.nextDouble() * width;
            double y0 = random.nextDouble() * height;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    double wave = Math.sin((x - x0) * 0.05) * Math.cos((y - y0) * 0.07);
                    int grey = (int) (128 + 80 * wave + 12 * random.nextGaussian());
                    int red = Math.clamp(grey + 20, 0, 255);
                    int blue = Math.clamp(grey - 30 + x * 60 / width, 0, 255);
                    image.setRGB(x, y, red << 16 | Math.clamp(grey, 0, 255) << 8 | blue);
                }
            }
            var file = folder.resolve(i % 2 == 0 ? "a" : "b").resolve("picture-" + i + ".jpg");
            Files.createDirectories(file.getParent());
            ImageIO.write(image, "jpg", file.toFile());
        }
    }

    @Override
    public void prepare() {
    }

    @Override
    public void run() {
        int size = set.shape().size();
        int first = next;
        var tasks = new ArrayList<Callable<Boolean>>();
        IntStream.range(0, batch).forEach(i -> tasks.add(() -> {
            int position = first + i;
            set.render(position % set.size(), position / set.size(), pixels, i * size);
            return true;
        }));
        try {
            for (var each : threads.invokeAll(tasks)) each.get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
        next += batch;
    }
}
