package narwhal.engine.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Work spaces lent to pieces of work and used again: as many are made as pieces ever ran at once, so a steady step
/// allocates nothing. A work space holds no result from one loan to the next.
///
/// @param <T> the work space, such as a record of arrays
public final class Scratch<T> {
    private final Supplier<T> maker;
    private final List<T> free = new ArrayList<>();

    public Scratch(Supplier<T> maker) {
        this.maker = maker;
    }

    /// A work space of undefined content, to be handed back by [#giveBack].
    public T take() {
        synchronized (free) {
            if (!free.isEmpty()) return free.removeLast();
        }
        return maker.get();
    }

    public void giveBack(T space) {
        synchronized (free) {
            free.add(space);
        }
    }
}
