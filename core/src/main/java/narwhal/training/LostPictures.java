package narwhal.training;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import narwhal.data.Dataset;
import narwhal.errors.NarwhalException;

/// Pictures that could be read at the scan and no longer can. The first one ends the training, unless it was said that it
/// shall go on without them. Any thread may add one.
final class LostPictures {
    private final Optional<Consumer<NarwhalException>> goingOn;
    /// By the sets themselves, whatever they call equal.
    private final Map<Dataset, Set<Integer>> lost = Collections.synchronizedMap(new IdentityHashMap<>());

    /// @param goingOn told of each picture once; without it the training ends
    LostPictures(Optional<Consumer<NarwhalException>> goingOn) {
        this.goingOn = goingOn;
    }

    boolean contains(Dataset dataset, int index) {
        return lost.getOrDefault(dataset, Set.of()).contains(index);
    }

    /// Leaves a picture out from now on.
    ///
    /// @throws NarwhalException `e` itself if the training shall not go on, or if it says something else than that a picture
    ///     cannot be read
    void add(Dataset dataset, int index, NarwhalException e) {
        if (goingOn.isEmpty() || !e.problem().isOfPicture()) throw e;
        var indices = lost.computeIfAbsent(dataset, _ -> ConcurrentHashMap.newKeySet());
        if (indices.add(index)) goingOn.get().accept(e);
    }
}
