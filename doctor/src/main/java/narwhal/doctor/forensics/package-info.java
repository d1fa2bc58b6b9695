/// Count forensics: an accuracy over N images is k/N with whole k, so its printed digits tell how many images were scored.
/// Printed accuracies and the size of the validation set come in; how the evaluation walked through the set, with the chance
/// of being misled, and the curve a whole pass would have shown go out. The doctor's checks of the evaluation loop call it.
@NullMarked
package narwhal.doctor.forensics;

import org.jspecify.annotations.NullMarked;
