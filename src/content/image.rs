//! Images: what they are, how large they are drawn, and whether they are safe to serve.

use bytes::Bytes;

use super::message::{Message, say};
use super::module::Image;
use super::{short_hash, svg};

/// Reads an image by its file name and bytes; the error says what is wrong.
pub(super) fn read(name: &str, bytes: &Bytes) -> Result<Image, Message> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let (media_type, size) = match ending {
        "png" => ("image/png", png(bytes)),
        "jpg" | "jpeg" => ("image/jpeg", jpeg(bytes)),
        "webp" => ("image/webp", webp(bytes)),
        "svg" => ("image/svg+xml", Some(svg::check(bytes)?)),
        _ => return Err(say("image-kind")),
    };
    if !name
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    {
        return Err(say("image-name"));
    }
    let (width, height) = size
        .filter(|(width, height)| *width > 0 && *height > 0)
        .ok_or_else(|| say("image-unreadable").with("ending", ending))?;
    Ok(Image {
        bytes: bytes.clone(),
        media_type,
        hash: short_hash(bytes),
        width,
        height,
    })
}

fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    if !bytes.starts_with(b"\x89PNG\r\n\x1a\n") || bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    Some((be32(bytes, 16)?, be32(bytes, 20)?))
}

fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    if !bytes.starts_with(b"\xff\xd8") {
        return None;
    }
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            0xff => at += 1,
            // A frame header, unless it is one of the tables in the same row of numbers.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                return Some((be16(bytes, at + 7)?, be16(bytes, at + 5)?));
            }
            0x01 | 0xd0..=0xd8 => at += 2,
            _ => at += 2 + usize::try_from(be16(bytes, at + 2)?).ok()?.max(2),
        }
    }
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    if !bytes.starts_with(b"RIFF") || bytes.get(8..12)? != b"WEBP" {
        return None;
    }
    match bytes.get(12..16)? {
        b"VP8 " => Some((le16(bytes, 26)? & 0x3fff, le16(bytes, 28)? & 0x3fff)),
        b"VP8L" => {
            let bits = le16(bytes, 21)? | (le16(bytes, 23)? << 16);
            Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
        }
        b"VP8X" => {
            let size = |at| Some(le16(bytes, at)? + (u32::from(*bytes.get(at + 2)?) << 16) + 1);
            Some((size(24)?, size(27)?))
        }
        _ => None,
    }
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some((be16(bytes, at)? << 16) | be16(bytes, at + 2)?)
}

fn be16(bytes: &[u8], at: usize) -> Option<u32> {
    Some((u32::from(*bytes.get(at)?) << 8) | u32::from(*bytes.get(at + 1)?))
}

fn le16(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(*bytes.get(at)?) | (u32::from(*bytes.get(at + 1)?) << 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_is_read_from_the_head_of_each_format() {
        let png_head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\x68";
        assert_eq!(png(png_head), Some((640, 360)));
        let jpeg_head = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\x01\x68\x02\x80";
        assert_eq!(jpeg(jpeg_head), Some((640, 360)));
        let webp_head = b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x7f\x02\0\x67\x01\0";
        assert_eq!(webp(webp_head), Some((640, 360)));
        for cut in 0..webp_head.len() {
            assert_eq!(webp(&webp_head[..cut]), None);
        }
    }
}
