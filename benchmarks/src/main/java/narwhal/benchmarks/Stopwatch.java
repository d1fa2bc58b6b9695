package narwhal.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import narwhal.engine.Engine;
import narwhal.engine.Tensor;

/// Times every operation that goes to an engine, by its name and the shapes of its arguments.
final class Stopwatch {
    private final Map<String, Lap> laps = new LinkedHashMap<>();
    private final LongSupplier clock;

    /// One operation on arguments of certain shapes.
    static final class Lap {
        private long nanos;
        private int calls;
        private double flops;

        /// By the definition of the operation, see [Flops].
        double flops() {
            return flops;
        }

        double seconds() {
            return nanos * 1e-9;
        }

        int calls() {
            return calls;
        }
    }

    private Stopwatch(LongSupplier clock) {
        this.clock = clock;
    }

    /// By the clock on the wall.
    static Stopwatch wall() {
        return new Stopwatch(System::nanoTime);
    }

    /// By the time that the calling thread has worked: for an engine of one thread on a busy machine.
    static Stopwatch thread() {
        var threads = ManagementFactory.getThreadMXBean();
        return new Stopwatch(threads::getCurrentThreadCpuTime);
    }

    /// The same engine, timed.
    Engine time(Engine engine) {
        return (Engine) Proxy.newProxyInstance(Engine.class.getClassLoader(), new Class<?>[]{Engine.class},
                (proxy, method, args) -> {
                    long start = clock.getAsLong();
                    try {
                        var result = method.invoke(engine, args);
                        long nanos = clock.getAsLong() - start;
                        var lap = laps.computeIfAbsent(key(method.getName(), args), key -> new Lap());
                        lap.nanos += nanos;
                        lap.calls++;
                        lap.flops += Flops.of(method.getName(), args, result);
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }

    private static String key(String method, Object[] args) {
        if (args == null) return method;
        return method + Stream.of(args).filter(Tensor.class::isInstance).map(t -> " " + ((Tensor) t).shape())
                .collect(Collectors.joining());
    }

    long now() {
        return clock.getAsLong();
    }

    void reset() {
        laps.clear();
    }

    /// In order of first use.
    Map<String, Lap> laps() {
        return laps;
    }
}
