//! Lists the files below a folder. In: a root and a folder. Out: regular files sorted by path, and what was
//! left out for a reason an editor should know. [`list`] is the entry.

use std::{fs, path::Path};

use super::{DiskError, failed};

/// A regular file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Relative to the root, `/` between names.
    pub path: String,
    /// Bytes.
    pub len: u64,
}

/// A file that is not read, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Relative to the root.
    pub path: String,
    /// Lower case, e.g. `the link leads out of the site`.
    pub reason: &'static str,
}

/// The files below `folder` of `root`.
pub(super) fn list(root: &Path, folder: &str) -> Result<(Vec<Entry>, Vec<Skipped>), DiskError> {
    let mut found = (Vec::new(), Vec::new());
    if root.join(folder).is_dir() {
        visit(root, folder, &mut found)?;
    }
    found.0.sort();
    found.1.sort();
    Ok(found)
}

fn visit(
    root: &Path,
    folder: &str,
    found: &mut (Vec<Entry>, Vec<Skipped>),
) -> Result<(), DiskError> {
    for entry in fs::read_dir(root.join(folder)).map_err(failed("list", folder))? {
        let entry = entry.map_err(failed("list", folder))?;
        let Ok(name) = entry.file_name().into_string() else {
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            found.1.push(Skipped { path, reason: "the name is not UTF-8" });
            continue;
        };
        if is_private(&name) {
            continue;
        }
        let path = format!("{folder}/{name}");
        let kind = entry.file_type().map_err(failed("look at", path.as_str()))?;
        if kind.is_dir() {
            visit(root, &path, found)?;
        } else if kind.is_file() {
            let len = entry.metadata().map_err(failed("look at", path.as_str()))?.len();
            found.0.push(Entry { path, len });
        } else if kind.is_symlink() {
            follow(root, path, found);
        } else {
            found.1.push(Skipped { path, reason: "it is not a regular file" });
        }
    }
    Ok(())
}

/// A symbolic link is read only if it leads to a regular file inside the root: a site must not publish what
/// stands elsewhere on the machine.
fn follow(root: &Path, path: String, found: &mut (Vec<Entry>, Vec<Skipped>)) {
    let reason = match fs::canonicalize(root.join(&path)) {
        Err(_) => "the link leads nowhere",
        Ok(target) if !target.starts_with(root) => "the link leads out of the site",
        Ok(target) => match fs::metadata(&target) {
            Ok(metadata) if metadata.is_file() => {
                found.0.push(Entry { path, len: metadata.len() });
                return;
            }
            Ok(metadata) if metadata.is_dir() => "links to folders are not followed",
            _ => "the link does not lead to a regular file",
        },
    };
    found.1.push(Skipped { path, reason });
}

/// Hidden files and what editors leave behind.
fn is_private(name: &str) -> bool {
    let swap = Path::new(name).extension().is_some_and(|extension| {
        ["swp", "swx", "swo", "tmp", "bak", "orig"]
            .iter()
            .any(|it| extension.eq_ignore_ascii_case(it))
    });
    // RFC 8615: hosts look for proofs and policies there.
    if name == ".well-known" {
        return false;
    }
    name.starts_with('.') || name.ends_with('~') || name.starts_with('#') || name == "4913" || swap
}
