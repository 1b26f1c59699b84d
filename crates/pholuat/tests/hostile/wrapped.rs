//! Archives, containers and JSON made to harm.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;

fn zipped(name: &str, content: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(name, zip::write::SimpleFileOptions::default())
        .expect("memory");
    zip.write_all(content).expect("memory");
    zip.finish().expect("memory").into_inner()
}

/// One packed file that the directory lists over and over, each time under another name (APPNOTE 4.3.12).
fn overlapping(count: usize) -> Vec<u8> {
    let mut file = zipped("00000.txt", &b"a ".repeat(100_000));
    let directory = file
        .windows(4)
        .rposition(|window| window == b"PK\x01\x02")
        .expect("a directory");
    let end = file
        .windows(4)
        .rposition(|window| window == b"PK\x05\x06")
        .expect("an end");
    let (record, mut last) = (file[directory..end].to_vec(), file[end..].to_vec());
    file.truncate(directory);
    for number in 0..count {
        let mut record = record.clone();
        record[46..51].copy_from_slice(format!("{number:05}").as_bytes());
        file.extend(record);
    }
    let (entries, size) = (
        u16::try_from(count).expect("few"),
        u32::try_from(record.len() * count).expect("small"),
    );
    last[8..10].copy_from_slice(&entries.to_le_bytes());
    last[10..12].copy_from_slice(&entries.to_le_bytes());
    last[12..16].copy_from_slice(&size.to_le_bytes());
    file.extend(last);
    file
}

/// A tar of one file so long, packed.
fn packed_tar(length: usize) -> Vec<u8> {
    let mut head = [0_u8; 512];
    let mut put = |at: usize, bytes: &[u8]| head[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, b"a.txt");
    put(100, b"0000644\0");
    put(124, format!("{length:011o}\0").as_bytes());
    put(148, b"        ");
    put(156, b"0");
    put(257, b"ustar\x0000");
    let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
    head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&head).expect("memory");
    let block = vec![b'a'; 1 << 20];
    for _ in 0..length >> 20 {
        encoder.write_all(&block).expect("memory");
    }
    encoder.finish().expect("memory")
}

/// A Word 97 container with some longs of its tables of sectors set to a value (MS-CFB 2.3).
fn container(value: u32, from: usize, count: usize) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory");
    for name in ["/WordDocument", "/1Table"] {
        let mut stream = file.create_stream(name).expect("a stream");
        stream.write_all(&[0; 100_000]).expect("memory");
    }
    file.flush().expect("memory");
    let mut bytes = file.into_inner().into_inner();
    let sector = 1_usize << u16::from_le_bytes([bytes[30], bytes[31]]);
    let table = u32::from_le_bytes([bytes[76], bytes[77], bytes[78], bytes[79]]) as usize;
    let start = (table + 1) * sector + from * 4;
    for at in 0..count {
        bytes[start + at * 4..start + at * 4 + 4].copy_from_slice(&value.to_le_bytes());
    }
    bytes
}

/// All of them by name.
pub fn files() -> Vec<(&'static str, Vec<u8>)> {
    let nested = (0..16).fold(b"x".to_vec(), |inner, _| zipped("a.zip", &inner));
    vec![
        ("overlap.zip", overlapping(60_000)),
        ("nested.zip", nested),
        ("bomb.zip", zipped("a.txt", &vec![b'a'; 40 << 20])),
        ("bomb.tar.gz", packed_tar(40 << 20)),
        ("long.tar.gz", packed_tar(0).into_iter().take(40).collect()),
        // Chains of sectors that lead to themselves, to nowhere, and a table that is its own part.
        ("loop.doc", container(5, 5, 1)),
        ("loops.doc", container(1, 0, 100)),
        ("nowhere.doc", container(0x7fff_ffff, 0, 100)),
        ("deep.json", "[".repeat(1_000_000).into_bytes()),
        ("objects.json", "{\"metadata\":".repeat(200_000).into_bytes()),
        (
            "numbers.json",
            format!("{{\"raw_text\": 1{}}}", "0".repeat(1_000_000)).into_bytes(),
        ),
        (
            "escapes.json",
            format!("{{\"raw_text\": \"{}\"}}", "\\ud800".repeat(200_000)).into_bytes(),
        ),
    ]
}
