//! Why a build did not publish. In: what went wrong. Out: what to tell the editor.

use crate::{
    archive::StoreError,
    diag::{Diagnostic, Place},
    disk::DiskError,
};

/// Why nothing, or not everything, was published.
#[derive(Debug)]
pub enum Stopped {
    /// Templates that failed.
    Render(Vec<Diagnostic>),
    /// The build would remove this many of so many pages.
    Shrink {
        /// Pages that would go.
        removed: usize,
        /// Pages there are.
        pages: usize,
    },
    /// Files of somebody else's where outputs must go.
    Foreign(Vec<String>),
    /// The file system.
    Disk(DiskError),
    /// The store.
    Store(StoreError),
}

impl From<DiskError> for Stopped {
    fn from(error: DiskError) -> Self {
        Self::Disk(error)
    }
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Stopped {
    /// The findings to report.
    #[must_use]
    pub fn diagnostics(self) -> Vec<Diagnostic> {
        match self {
            Self::Render(faults) => faults,
            Self::Shrink { removed, pages } => vec![
                Diagnostic::error(
                    "",
                    Place::FILE,
                    "shrink",
                    format!("this build would remove {removed} of {pages} published pages"),
                )
                .hint(
                    "look whether sources are missing; if this is meant, build with --allow-shrink",
                ),
            ],
            Self::Foreign(files) => files.iter().map(|file| foreign(file)).collect(),
            Self::Disk(error) => {
                vec![Diagnostic::error(&error.path, Place::FILE, "disk", error.to_string())]
            }
            Self::Store(error) => {
                vec![
                    Diagnostic::error("", Place::FILE, "state", error.to_string())
                        .hint("delete the folder .brief and build again"),
                ]
            }
        }
    }
}

fn foreign(file: &str) -> Diagnostic {
    let message = format!("`{file}` in the output folder was not put there by brief");
    Diagnostic::error("", Place::FILE, "foreign-file", message)
        .hint("move it to static/, or delete it, or give the page another address")
}
