package narwhal.layers;

import java.util.ArrayList;
import java.util.List;
import narwhal.engine.Filters;
import narwhal.engine.Tensor;
import narwhal.engine.Window;

/// Built layers one after the other, rewritten where another order or one operation in place of two computes the same at
/// less cost.
final class Chain implements Forward {
    private final List<Forward> links = new ArrayList<>();

    private Chain(List<? extends Forward> forwards) {
        forwards.forEach(this::append);
    }

    static Chain of(List<? extends Forward> forwards) {
        return new Chain(forwards);
    }

    static Chain of(Forward... forwards) {
        return of(List.of(forwards));
    }

    /// A convolution.
    record Convolving(Filters filters) implements Forward {
        @Override
        public Tensor forward(Tensor x, Pass pass) {
            return pass.tape().conv2d(x, filters.kernel(), filters.bias(), filters.window());
        }
    }

    /// Two convolutions with nothing between them, which the engine may compute as one.
    record ConvolvingTwice(Filters first, Filters second) implements Forward {
        @Override
        public Tensor forward(Tensor x, Pass pass) {
            return pass.tape().conv2d(x, first, second);
        }
    }

    /// A function of every element.
    record Activating(Activation.Function function) implements Forward {
        @Override
        public Tensor forward(Tensor x, Pass pass) {
            return function.apply(pass.tape(), x);
        }
    }

    /// The largest element of each window.
    record MaxPooling(Window window) implements Forward {
        @Override
        public Tensor forward(Tensor x, Pass pass) {
            return pass.tape().maxPool(x, window);
        }
    }

    private void append(Forward next) {
        if (next instanceof Chain chain) {
            chain.links.forEach(this::append);
        } else if (!links.isEmpty() && links.getLast() instanceof Convolving(Filters first)
                && next instanceof Convolving(Filters second)) {
            links.set(links.size() - 1, new ConvolvingTwice(first, second));
        } else if (next instanceof MaxPooling && !links.isEmpty()
                && links.getLast() instanceof Activating(Activation.Function function)
                && function == Activation.Function.RELU) {
            // relu(max(x)) = max(relu(x)), and where one passes a gradient on so does the other, to the same element. Pooled
            // first, the rectifier has only what is left to do.
            links.add(links.size() - 1, next);
        } else {
            links.add(next);
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Some layers hand on the very tensor they were given.
    public Tensor forward(Tensor x, Pass pass) {
        var y = x;
        for (var link : links) {
            var previous = y;
            y = link.forward(previous, pass);
            if (previous != x && previous != y) pass.tape().finished(previous);
        }
        return y;
    }
}
