package narwhal.disk;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What one checkpoint file holds: a kind, the build that wrote it, a state in JSON, and named arrays. One file is a whole
/// checkpoint; any copy of it is one too.
///
/// ```java
/// var checkpoint = new Container("checkpoint", build, state, List.of(Section.float32("dense/kernel", kernel, 512, 1)));
/// checkpoint.save(Disk.real(), path);
/// var again = Container.read(path);
/// ```
///
/// @param kind what the file is for, such as `checkpoint` or `model`
/// @param build the build that wrote it
/// @param state everything but the arrays; widen `float` values to `double` before they go in, see
///        [narwhal.json.Json#bytes]
/// @param sections the arrays, each under its own name, at most 20,000
public record Container(String kind, String build, ObjectNode state, List<Section> sections) {
    public Container {
        sections = List.copyOf(sections);
        if (sections.size() > ContainerFormat.MOST_SECTIONS)
            throw new IllegalArgumentException("at most " + ContainerFormat.MOST_SECTIONS + " sections, got "
                    + sections.size());
        var names = new HashSet<String>();
        for (var section : sections)
            if (!names.add(section.name()))
                throw new IllegalArgumentException("two sections are called " + section.name());
    }

    /// The section of that name.
    ///
    /// @throws IllegalArgumentException if there is none
    public Section section(String name) {
        return sections.stream().filter(s -> s.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no section is called " + name));
    }

    /// Writes this as `file`, whole or not at all. The arrays must not change meanwhile; if one does, nothing is saved.
    ///
    /// @throws NarwhalException DISK_FULL, DISK_PERMISSION or DISK_WRITE
    public void save(Disk disk, Path file) {
        disk.replace(file, content());
    }

    /// The bytes of the file, ready to be streamed.
    public Content content() {
        return new ContainerWriter(this);
    }

    /// Whether a file that begins with these bytes is a container, a damaged one perhaps.
    public static boolean matches(ByteBuffer beginning) {
        var magic = ByteBuffer.wrap(ContainerFormat.MAGIC);
        return beginning.remaining() >= magic.remaining() && beginning.slice(beginning.position(), magic.remaining())
                .equals(magic);
    }

    /// Reads `file` after checking every byte of it.
    ///
    /// @throws NarwhalException CKPT_DAMAGED, CKPT_NEWER_VERSION, or CKPT_NONE_VALID if there is no such file
    public static Container read(Path file) {
        return new ContainerReader(file).read();
    }

    /// Checks every byte of `file` without keeping the arrays, and returns its state.
    ///
    /// @throws NarwhalException as [#read]
    public static ObjectNode verify(Path file) {
        return new ContainerReader(file).verify();
    }
}
