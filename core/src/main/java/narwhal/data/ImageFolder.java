package narwhal.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import narwhal.data.augmentation.AugmentationOption;
import narwhal.data.picture.Interpolation;
import narwhal.data.picture.PictureDecoder;

/// A folder with one sub-folder of pictures for each class, and how to prepare them; Keras' `flow_from_directory`. Nothing
/// is read before [#scan], [#dataset] or [#batches].
///
/// ```java
/// var train = ImageFolder.of(Path.of("data/train"))
///     .resize(200, 300).rescale(1f / 255)
///     .augment(shear(0.2), zoom(0.2))
///     .shuffle(seed)
///     .batches(32);
/// ```
///
/// Classes are numbered by name, and pictures sorted, by Unicode code point.
///
/// @param path of the folder
/// @param preparation what is done to each picture
/// @param shuffleSeed a new order every epoch where present
/// @param skipBadImages whether bad pictures are left out instead of refused
/// @param validationSplit the part that is meant; all unless said
/// @param classes the classes in this order; all sub-folders by name if empty
/// @param followLinks whether links to folders within a class are followed
/// @param decoder how files become pictures
public record ImageFolder(Path path, Preparation preparation, OptionalLong shuffleSeed, boolean skipBadImages,
        Optional<ValidationSplit> validationSplit, List<String> classes, boolean followLinks, PictureDecoder decoder) {
    /// The ends of names that are taken for pictures, in lower case: Keras' list, and kinds that people believe to be in
    /// their set; those that cannot be read are reported.
    static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "bmp", "gif", "ppm", "pgm", "tif",
            "tiff",
            "webp", "heic", "avif", "svg");

    public ImageFolder {
        classes = List.copyOf(classes);
    }

    /// A folder with [Preparation#standard], in sorted order, all of it.
    public static ImageFolder of(Path path) {
        return new ImageFolder(path, Preparation.standard(), OptionalLong.empty(), false, Optional.empty(), List.of(),
                false, PictureDecoder.standard());
    }

    /// Keras' `target_size=(height, width)`; 256×256 unless said.
    public ImageFolder resize(int height, int width) {
        return preparation(preparation.resize(height, width));
    }

    /// Keras' `color_mode='grayscale'`.
    public ImageFolder grayscale() {
        return preparation(preparation.grayscale(true));
    }

    /// Keras' `interpolation`; the nearest pixel unless said.
    public ImageFolder interpolation(Interpolation interpolation) {
        return preparation(preparation.interpolation(interpolation));
    }

    /// Keras' `rescale`, a factor on 0 … 255; usually `1f / 255`.
    public ImageFolder rescale(double factor) {
        return preparation(preparation.rescale(factor));
    }

    /// What may happen to a picture at random, on top of what was said before.
    public ImageFolder augment(AugmentationOption... options) {
        return preparation(preparation.augment(options));
    }

    /// Keras' `preprocessing_function`: something of the program's own, after augmentation and before scaling.
    public ImageFolder preprocessingFunction(PreprocessingFunction function) {
        return standardization(preparation.standardization().function(function));
    }

    /// Keras' `samplewise_center`: takes each picture's mean away.
    public ImageFolder samplewiseCenter() {
        return standardization(preparation.standardization().samplewiseCenter(true));
    }

    /// Keras' `samplewise_std_normalization`: takes each picture's mean away and divides by its standard deviation.
    public ImageFolder samplewiseStdNormalization() {
        return standardization(preparation.standardization().samplewiseStdNormalization(true));
    }

    /// Keras' `featurewise_center`, `featurewise_std_normalization` and `zca_whitening`: standardizes by the statistics of a
    /// training set.
    public ImageFolder featurewise(Featurewise statistics) {
        return standardization(preparation.standardization().featurewise(statistics));
    }

    private ImageFolder standardization(Standardization standardization) {
        return preparation(preparation.standardization(standardization));
    }

    /// Memory for resized pictures in bytes; a quarter of the heap unless said. Changes no number.
    public ImageFolder cacheBytes(long bytes) {
        return preparation(preparation.cacheBytes(bytes));
    }

    /// Another preparation as a whole.
    public ImageFolder preparation(Preparation preparation) {
        return new ImageFolder(path, preparation, shuffleSeed, skipBadImages, validationSplit, classes, followLinks,
                decoder);
    }

    /// A new order every epoch; the seed also decides the augmentation.
    public ImageFolder shuffle(long seed) {
        return new ImageFolder(path, preparation.seed(seed), OptionalLong.of(seed), skipBadImages, validationSplit,
                classes, followLinks, decoder);
    }

    /// Whether bad pictures are left out; otherwise one of them is enough to refuse.
    public ImageFolder skipBadImages(boolean skip) {
        return new ImageFolder(path, preparation, shuffleSeed, skip, validationSplit, classes, followLinks, decoder);
    }

    /// Keras' `validation_split` and `subset` as `ImageDataGenerator` understands them: of each class in sorted order the
    /// first part is for validation.
    ///
    /// @param fraction between 0 and 1
    public ImageFolder validationSplit(double fraction, Subset subset) {
        return validationSplit(ValidationSplit.firstOfEachClass(fraction, subset));
    }

    /// A part of the folder by another rule: that of `image_dataset_from_directory`, or one that keeps recordings together.
    public ImageFolder validationSplit(ValidationSplit split) {
        return new ImageFolder(path, preparation, shuffleSeed, skipBadImages, Optional.of(split), classes, followLinks,
                decoder);
    }

    /// Keras' `classes`: these sub-folders, numbered in this order.
    public ImageFolder classes(String... names) {
        return new ImageFolder(path, preparation, shuffleSeed, skipBadImages, validationSplit, List.of(names),
                followLinks, decoder);
    }

    /// Keras' `follow_links`: whether links to folders within a class are followed.
    public ImageFolder followLinks(boolean follow) {
        return new ImageFolder(path, preparation, shuffleSeed, skipBadImages, validationSplit, classes, follow,
                decoder);
    }

    /// The largest picture that is read, as height × width; 100 million unless said.
    public ImageFolder maxPixels(long pixels) {
        return new ImageFolder(path, preparation, shuffleSeed, skipBadImages, validationSplit, classes, followLinks,
                decoder.maxPixels(pixels));
    }

    /// Looks at every picture once and reports all bad ones; refuses none. If all resized pictures fit into
    /// [#cacheBytes] they are decoded now and kept for [#dataset]; otherwise only the structure of the files is walked, and
    /// what only decoding can find stops the training, named, when it is met.
    ///
    /// @throws narwhal.errors.NarwhalException `DATA_NOT_FOUND`, `DATA_ONE_CLASS`, `DATA_CLASS_NAMES`
    public FolderScan scan() {
        return new FolderScanner(path, decoder, preparation).scan(
                FolderListing.of(path, classes, EXTENSIONS, followLinks, 2),
                validationSplit);
    }

    /// The pictures, after a scan.
    ///
    /// @throws narwhal.errors.NarwhalException `DATA_…`; `IMG_…` with the number of bad pictures and the first of them
    public Dataset dataset() {
        return dataset(scan());
    }

    /// The pictures that a scan of this folder found.
    ///
    /// @throws narwhal.errors.NarwhalException `DATA_EMPTY_CLASS`; `IMG_…` with the number of bad pictures and the first
    public Dataset dataset(FolderScan scan) {
        scan.check(skipBadImages);
        return new PictureDataset(new FolderPictures(scan, decoder), preparation, scan.cache(preparation));
    }

    /// The pictures in batches, after a scan.
    ///
    /// @param size pictures in a batch, 1 to the number of pictures
    /// @throws narwhal.errors.NarwhalException `BATCH_SIZE`; `DATA_…`; `IMG_…`
    public Batches batches(int size) {
        return batches(dataset(), size);
    }

    /// The same with a dataset of this folder made before.
    public Batches batches(Dataset dataset, int size) {
        var batches = Batches.of(dataset, size);
        return shuffleSeed.isPresent() ? batches.shuffle(shuffleSeed.getAsLong()) : batches;
    }
}
