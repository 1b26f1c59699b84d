//! Pictures, decoded under limits and drawn anew: what comes out holds pixels only, no place, no
//! camera, no thumbnail, no comment, and no second format behind the first.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops::FilterType as Kernel;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use readers::Refusal;

use crate::Made;

/// Widths in pixels in which a picture goes out, as far as it has them.
pub const WIDTHS: [u32; 3] = [480, 960, 1600];

/// Pixels of a side, and of the whole picture.
const SIDE: u32 = 20_000;
const PIXELS: u64 = 50_000_000;
/// Bytes of the decoded picture; the child has 256 MiB for everything.
const DECODED: u64 = 160 << 20;
/// Height of a picture for its width: more is no picture for a page.
const SLIM: u32 = 12;
const QUALITY: u8 = 82;

fn broken() -> Refusal {
    Refusal::new(
        "picture",
        "Hình bị hỏng hoặc bị cắt ngắn nên không đọc được. Xin lưu lại hình rồi tải lên.",
    )
}

fn too_large() -> Refusal {
    let why = "Hình quá lớn (tối đa 50 triệu điểm ảnh, mỗi cạnh 20.000). Xin thu nhỏ hình rồi tải lên.";
    Refusal::new("too-many-pixels", why)
}

/// The picture in every width that it has, the smallest first.
pub fn draw(bytes: &[u8]) -> Result<Vec<Made>, Refusal> {
    let whole = decode(bytes)?;
    let own = whole.width();
    let mut widths: Vec<u32> = WIDTHS.into_iter().filter(|width| *width < own).collect();
    widths.push(own.min(WIDTHS[WIDTHS.len() - 1]));
    widths.dedup();
    let clear = whole.color().has_alpha() && whole.to_rgba8().pixels().any(|pixel| pixel.0[3] < 255);
    widths
        .into_iter()
        .map(|width| encode(&whole, width, clear))
        .collect()
}

/// Decodes as far as the limits allow, no larger than needed and the right way up.
fn decode(bytes: &[u8]) -> Result<DynamicImage, Refusal> {
    let reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| broken())?;
    let known = [
        ImageFormat::Jpeg,
        ImageFormat::Png,
        ImageFormat::WebP,
        ImageFormat::Gif,
    ];
    if !reader.format().is_some_and(|format| known.contains(&format)) {
        return Err(broken());
    }
    let mut decoder = reader.into_decoder().map_err(|_| broken())?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if width.max(height) > SIDE || pixels > PIXELS || decoder.total_bytes() > DECODED {
        return Err(too_large());
    }
    if width == 0 || height / SLIM > width || width / SLIM > height {
        let why = "Hình quá dài so với bề ngang. Xin cắt thành nhiều hình.";
        return Err(Refusal::new("slim", why));
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE);
    limits.max_image_height = Some(SIDE);
    limits.max_alloc = Some(DECODED);
    decoder.set_limits(limits).map_err(|_| too_large())?;
    let turned = decoder.orientation().map_err(|_| broken())?;
    let mut whole = DynamicImage::from_decoder(decoder).map_err(|_| broken())?;
    // Smaller first, so that turning does not hold a large picture twice.
    let most = 2 * WIDTHS[WIDTHS.len() - 1];
    if whole.width() > most && whole.height() > most {
        whole = whole.thumbnail(u32::MAX, most.max(fit(&whole, most)));
    }
    whole.apply_orientation(turned);
    Ok(whole)
}

/// The height that goes with a width of at least `most` whichever way the picture is turned.
fn fit(whole: &DynamicImage, most: u32) -> u32 {
    let (width, height) = (u64::from(whole.width()), u64::from(whole.height()));
    let tall = u64::from(most) * height / width.max(1);
    u32::try_from(tall).unwrap_or(most)
}

fn encode(whole: &DynamicImage, width: u32, clear: bool) -> Result<Made, Refusal> {
    let height = u64::from(width) * u64::from(whole.height()) / u64::from(whole.width().max(1));
    let height = u32::try_from(height).unwrap_or(SIDE).max(1);
    let drawn = if width == whole.width() {
        whole.clone()
    } else {
        whole.resize_exact(width, height, Kernel::CatmullRom)
    };
    let mut bytes = Vec::new();
    let (media_type, end) = if clear {
        let encoder =
            PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
        DynamicImage::ImageRgba8(drawn.to_rgba8())
            .write_with_encoder(encoder)
            .map_err(|_| broken())?;
        ("image/png", "png")
    } else {
        let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
        DynamicImage::ImageRgb8(drawn.to_rgb8())
            .write_with_encoder(encoder)
            .map_err(|_| broken())?;
        ("image/jpeg", "jpg")
    };
    Ok(Made {
        name: format!("{width}.{end}"),
        media_type: media_type.to_owned(),
        width: drawn.width(),
        height: drawn.height(),
        bytes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage, Rgba, RgbaImage};

    fn png(picture: DynamicImage) -> Vec<u8> {
        let mut bytes = Vec::new();
        picture
            .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
            .expect("written");
        bytes
    }

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let picture = RgbImage::from_fn(width, height, |x, _| {
            if x < width / 2 {
                Rgb([250, 0, 0])
            } else {
                Rgb([0, 0, 250])
            }
        });
        picture
            .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Jpeg)
            .expect("written");
        bytes
    }

    #[test]
    fn a_picture_goes_out_in_the_widths_that_it_has() {
        for (width, wanted) in [
            (100, vec![100]),
            (480, vec![480]),
            (700, vec![480, 700]),
            (2000, vec![480, 960, 1600]),
        ] {
            let made = draw(&jpeg(width, width / 2)).expect("drawn");
            let widths: Vec<_> = made.iter().map(|one| one.width).collect();
            assert_eq!(widths, wanted);
            for one in made {
                assert_eq!(
                    (one.media_type.as_str(), one.height),
                    ("image/jpeg", one.width / 2)
                );
                assert!(one.bytes.starts_with(b"\xff\xd8\xff"));
            }
        }
    }

    #[test]
    fn what_is_clear_stays_clear() {
        let made = draw(&png(RgbaImage::from_pixel(50, 40, Rgba([1, 2, 3, 100])).into())).expect("drawn");
        assert_eq!(made[0].media_type, "image/png");
        let made = draw(&png(RgbaImage::from_pixel(50, 40, Rgba([1, 2, 3, 255])).into())).expect("drawn");
        assert_eq!(made[0].media_type, "image/jpeg");
    }

    /// An EXIF block with orientation 6 (turned by 90°) and a place, as a telephone writes it.
    fn with_exif(jpeg: &[u8]) -> Vec<u8> {
        let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0".to_vec();
        exif.extend(b"\x0e\x01\x02\0\x0e\0\0\0\x26\0\0\0\0\0\0\0SECRET-PLACE-1");
        let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
        [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
    }

    #[test]
    fn a_telephones_picture_is_turned_and_forgets_where_it_was_taken() {
        let made = draw(&with_exif(&jpeg(400, 200))).expect("drawn");
        assert_eq!((made[0].width, made[0].height), (200, 400));
        let bytes = &made[0].bytes;
        assert!(
            memchr::memmem::find(bytes, b"SECRET").is_none()
                && memchr::memmem::find(bytes, b"Exif").is_none()
        );
    }

    #[test]
    fn bombs_and_rubbish_are_refused_with_a_sentence() {
        // The head of a picture of 50,000 by 50,000 pixels.
        let mut bomb = png(RgbImage::new(1, 1).into());
        bomb[16..20].copy_from_slice(&50_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&50_000_u32.to_be_bytes());
        let sum = crc(&bomb[12..29]).to_be_bytes();
        bomb[29..33].copy_from_slice(&sum);
        assert_eq!(draw(&bomb).expect_err("refused").code, "too-many-pixels");
        assert_eq!(
            draw(&png(RgbImage::new(2, 400).into()))
                .expect_err("refused")
                .code,
            "slim"
        );
        let whole = jpeg(300, 200);
        for bytes in [&whole[..20], &whole[..2], b"", b"GIF89a", b"\x89PNG\r\n\x1a\n"] {
            assert_eq!(draw(bytes).expect_err("refused").code, "picture");
        }
    }

    fn crc(bytes: &[u8]) -> u32 {
        let step = |crc: u32, byte: &u8| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 {
                    crc >> 1 ^ 0xedb8_8320
                } else {
                    crc >> 1
                }
            })
        };
        !bytes.iter().fold(u32::MAX, step)
    }
}
