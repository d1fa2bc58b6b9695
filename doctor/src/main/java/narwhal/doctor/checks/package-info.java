/// The checks, one class for each entry of the catalogue, and beside them the ways in which such an illness shows, a small class each.
/// A case comes in; a suspicion with weighed evidence goes out, or nothing. [Checks] lists the checks; the doctor calls them and lets
/// their suspicions compete.
@NullMarked
package narwhal.doctor.checks;

import org.jspecify.annotations.NullMarked;
