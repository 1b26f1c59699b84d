//! The compound file around a Word document ([MS-CFB]): its streams.

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use crate::word::{Fault, OTHER, SHEET, SLIDES};

/// The streams that hold text and formatting.
#[derive(Debug, Default)]
pub(super) struct Streams {
    /// `WordDocument`.
    pub main: Vec<u8>,
    /// `0Table` and `1Table`; Word 6 and 95 have none.
    pub tables: [Vec<u8>; 2],
    /// `Data`: formatting too long for its page.
    pub data: Vec<u8>,
    /// The file carries macros; they are never looked at.
    pub macros: bool,
}

impl Streams {
    /// Reads the streams. A file whose streams share sectors is damaged: together they are
    /// never longer than the file.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, Fault> {
        let mut file =
            CompoundFile::open(Cursor::new(bytes)).map_err(|_| Fault::Damaged("danh mục OLE".to_owned()))?;
        if !file.is_stream("/WordDocument") {
            return Err(other(&file));
        }
        let mut left = bytes.len();
        let mut stream = |name: &str| {
            if !file.is_stream(name) {
                return Ok(Vec::new());
            }
            let fault = || Fault::Damaged(name.trim_start_matches('/').to_owned());
            let mut out = Vec::new();
            let opened = file.open_stream(name).map_err(|_| fault())?;
            let length = usize::try_from(opened.len()).map_err(|_| fault())?;
            left = left.checked_sub(length).ok_or_else(fault)?;
            let most = opened.len();
            opened.take(most).read_to_end(&mut out).map_err(|_| fault())?;
            Ok(out)
        };
        Ok(Self {
            main: stream("/WordDocument")?,
            tables: [stream("/0Table")?, stream("/1Table")?],
            data: stream("/Data")?,
            macros: file.is_storage("/Macros") || file.is_storage("/_VBA_PROJECT_CUR"),
        })
    }
}

/// What a compound file without a Word document is.
fn other(file: &CompoundFile<Cursor<&[u8]>>) -> Fault {
    if file.exists("/EncryptedPackage") {
        Fault::Encrypted
    } else if file.exists("/Workbook") || file.exists("/Book") {
        Fault::NotWord(SHEET)
    } else if file.exists("/PowerPoint Document") {
        Fault::NotWord(SLIDES)
    } else {
        Fault::NotWord(OTHER)
    }
}
