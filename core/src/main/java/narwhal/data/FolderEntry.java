package narwhal.data;

import java.nio.file.Path;

/// A picture file of a folder, as the scan saw it.
///
/// @param path to open
/// @param name path below the folder, with `/`
/// @param classNumber from 0
/// @param size in bytes
/// @param modified nanoseconds since 1970
record FolderEntry(Path path, String name, int classNumber, long size, long modified) {}
