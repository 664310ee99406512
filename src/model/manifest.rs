//! What the last build published: brief's own list of outputs, kept as text in `.brief/`.
//!
//! Only what is on this list is ever deleted; what stands on it with an equal fingerprint is not made again.

use std::{collections::BTreeMap, fmt};

use super::Digest;

/// The outputs of a build, by file below the output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// File → what was published there.
    pub files: BTreeMap<String, Published>,
}

/// One published file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Published {
    /// Of all that its bytes depend on; zero while a build is writing it, which equals no fingerprint.
    pub fingerprint: Digest,
    /// Of its bytes.
    pub digest: Digest,
    /// Bytes.
    pub len: u64,
}

/// First line of the text form; another version's list is not read.
const HEADER: &str = "brief outputs 1";

impl Manifest {
    /// A list that knows which files are brief's, and nothing of what they were made of.
    #[must_use]
    pub fn of_names(names: impl IntoIterator<Item = String>) -> Self {
        Self { files: names.into_iter().map(|name| (name, Published::default())).collect() }
    }

    /// Forgets what files were made of, so that each is made again; what is brief's to delete stays known.
    pub fn forget(&mut self) {
        self.files.values_mut().for_each(|file| file.fingerprint = Digest::default());
    }

    /// The list in the text form that [`fmt::Display`] gives; `None` for anything else, so that a damaged list
    /// leads to a cold build and never to a wrong one.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (body, checksum) = text.rsplit_once("checksum ")?;
        if Digest::from_hex(checksum.trim_end())? != Digest::of(body.as_bytes()) {
            return None;
        }
        let mut lines = body.lines();
        if lines.next()? != HEADER {
            return None;
        }
        let files = lines.map(read_line).collect::<Option<_>>()?;
        Some(Self { files })
    }
}

fn read_line(line: &str) -> Option<(String, Published)> {
    let mut fields = line.splitn(4, ' ');
    let fingerprint = Digest::from_hex(fields.next()?)?;
    let digest = Digest::from_hex(fields.next()?)?;
    let len = fields.next()?.parse().ok()?;
    Some((fields.next()?.to_owned(), Published { fingerprint, digest, len }))
}

impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;
        let mut body = format!("{HEADER}\n");
        for (file, published) in &self.files {
            let Published { fingerprint, digest, len } = published;
            writeln!(body, "{fingerprint} {digest} {len} {file}")?;
        }
        write!(f, "{body}checksum {}", Digest::of(body.as_bytes()))
    }
}
