package narwhal.data;

import narwhal.errors.Problem;

/// A file that cannot be used as a picture.
///
/// @param name path below the folder
/// @param problem which kind, `IMG_…`
/// @param reason half a sentence, such as `ends after 512 bytes, inside chunk IDAT`
public record BadPicture(String name, Problem problem, String reason) {}
