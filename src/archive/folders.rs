//! The folders of sources as they were when a build last looked at them: what `load` compares with.

use serde::{Deserialize, Serialize};

use crate::disk::Stamp;

/// A folder of sources as it was when last looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folder {
    /// Its files, by name.
    pub files: Vec<KnownFile>,
}

/// A file of a folder as it was when last looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownFile {
    /// Without the folder.
    pub name: String,
    /// As it was.
    pub stamp: Stamp,
    /// Of an article: its number in the archive.
    pub article: Option<u32>,
}
