//! Lists the files below a folder, folder by folder, on all cores. In: a root and a folder. Out: for each folder its regular
//! files with their stamps, sorted by name, and what was left out for a reason an editor should know. [`walk`] is the entry.

use std::{fs, path::Path, time::UNIX_EPOCH};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{DiskError, failed};

/// What tells whether a file has changed without reading it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// When its bytes last changed, in nanoseconds since 1970.
    pub modified: i64,
    /// Bytes.
    pub len: u64,
    /// Its number in the file system; 0 where there is none.
    pub inode: u64,
}

/// The files of one folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// Relative to the root, `/` between names.
    pub folder: String,
    /// Names and stamps, by name.
    pub files: Vec<(String, Stamp)>,
    /// Folders in it, by name.
    pub folders: Vec<String>,
}

/// A file that is not read, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Relative to the root.
    pub path: String,
    /// Lower case, e.g. `the link leads out of the site`.
    pub reason: &'static str,
}

/// What `each` makes of every folder below `folder` of `root` and of itself, in no order, and what was left out, in order.
pub(super) fn walk<T: Send>(
    root: &Path,
    folder: &str,
    each: &(impl Fn(Listing) -> T + Sync),
) -> Result<(Vec<T>, Vec<Skipped>), DiskError> {
    if !root.join(folder).is_dir() {
        return Ok((Vec::new(), Vec::new()));
    }
    let mut found = visit(root, folder, each)?;
    found.1.sort();
    Ok(found)
}

fn visit<T: Send>(
    root: &Path,
    folder: &str,
    each: &(impl Fn(Listing) -> T + Sync),
) -> Result<(Vec<T>, Vec<Skipped>), DiskError> {
    let (listing, skipped) = list(root, folder)?;
    let folders: Vec<String> =
        listing.folders.iter().map(|name| format!("{folder}/{name}")).collect();
    let own = (vec![each(listing)], skipped);
    let below = folders.par_iter().map(|folder| visit(root, folder, each));
    let join = |mut a: (Vec<T>, Vec<Skipped>), mut b: (Vec<T>, Vec<Skipped>)| {
        a.0.append(&mut b.0);
        a.1.append(&mut b.1);
        Ok(a)
    };
    join(own, below.try_reduce(Default::default, join)?)
}

/// One folder.
fn list(root: &Path, folder: &str) -> Result<(Listing, Vec<Skipped>), DiskError> {
    let mut listing = Listing { folder: folder.to_owned(), ..Listing::default() };
    let mut skipped = Vec::new();
    for entry in fs::read_dir(root.join(folder)).map_err(failed("list", folder))? {
        let entry = entry.map_err(failed("list", folder))?;
        let Ok(name) = entry.file_name().into_string() else {
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            skipped.push(Skipped { path, reason: "the name is not UTF-8" });
            continue;
        };
        if is_private(&name) {
            continue;
        }
        let path = || format!("{folder}/{name}");
        let kind = entry.file_type().map_err(|it| failed("look at", path())(it))?;
        if kind.is_dir() {
            listing.folders.push(name);
        } else if kind.is_file() {
            // A file that went while the folder was read is one that is not there.
            if let Ok(metadata) = entry.metadata() {
                listing.files.push((name, stamp(&metadata)));
            }
        } else if kind.is_symlink() {
            match follow(root, &path()) {
                Ok(stamp) => listing.files.push((name, stamp)),
                Err(reason) => skipped.push(Skipped { path: path(), reason }),
            }
        } else {
            skipped.push(Skipped { path: path(), reason: "it is not a regular file" });
        }
    }
    listing.files.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    listing.folders.sort_unstable();
    Ok((listing, skipped))
}

/// One file by its path. Else why it is left out, or nothing if it is not there or is one that nobody reads.
pub(super) fn look(root: &Path, path: &str) -> Result<Stamp, Option<&'static str>> {
    if path.split('/').any(is_private) {
        return Err(None);
    }
    let full = root.join(path);
    let metadata = fs::symlink_metadata(&full).map_err(|_| None)?;
    // Links to folders are not followed, so what is behind one is not there.
    let folder = full.parent().and_then(|folder| fs::canonicalize(folder).ok());
    if folder.as_deref() != full.parent() || metadata.is_dir() {
        Err(None)
    } else if metadata.is_file() {
        Ok(stamp(&metadata))
    } else if metadata.is_symlink() {
        follow(root, path).map_err(Some)
    } else {
        Err(Some("it is not a regular file"))
    }
}

/// What tells whether a file has changed.
pub(super) fn stamp(metadata: &fs::Metadata) -> Stamp {
    let since = metadata.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let modified = since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(0);
    Stamp { modified, len: metadata.len(), inode: inode(metadata) }
}

#[cfg(unix)]
fn inode(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_metadata: &fs::Metadata) -> u64 {
    0
}

/// A symbolic link is read only if it leads to a regular file inside the root: a site must not publish what
/// stands elsewhere on the machine.
fn follow(root: &Path, path: &str) -> Result<Stamp, &'static str> {
    match fs::canonicalize(root.join(path)) {
        Err(_) => Err("the link leads nowhere"),
        Ok(target) if !target.starts_with(root) => Err("the link leads out of the site"),
        Ok(target) => match fs::metadata(&target) {
            Ok(metadata) if metadata.is_file() => Ok(stamp(&metadata)),
            Ok(metadata) if metadata.is_dir() => Err("links to folders are not followed"),
            _ => Err("the link does not lead to a regular file"),
        },
    }
}

/// Hidden files and what editors leave behind.
pub(super) fn is_private(name: &str) -> bool {
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
