//! The physical floor. In: a site, what brief made of it, a new folder. Out: how long it takes to read the same inputs
//! and to write files of the same names and lengths. [`measure`] is the entry.
//!
//! What is written comes from a small buffer of each thread that is reused, as it would in a program whose pages cost
//! nothing to make. Names and lengths are known before the clock starts; every input is listed, opened and read, and
//! every file created, written and closed while it runs. Nothing waits for the disk: as with brief, the kernel writes
//! back later.

use std::{
    fs::{self, File},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use crate::{corpus::named, threads};

/// What was read and written, and how long it took.
#[derive(Debug, Clone, Copy)]
pub struct Measured {
    read: Duration,
    write: Duration,
    n_in: u64,
    bytes_in: u64,
    n_out: u64,
    bytes_out: u64,
}

impl Measured {
    /// One line of JSON; times in seconds.
    #[must_use]
    pub fn json(&self) -> String {
        let (read, write) = (self.read.as_secs_f64(), self.write.as_secs_f64());
        format!(
            r#"{{"wall": {:.4}, "read": {read:.4}, "write": {write:.4}, "files_in": {}, "bytes_in": {}, "files_out": {}, "bytes_out": {}, "threads": {}}}"#,
            read + write,
            self.n_in,
            self.bytes_in,
            self.n_out,
            self.bytes_out,
            threads::count(),
        )
    }
}

/// The folders and files of a site that brief reads.
const INPUTS: [&str; 4] = ["brief.yaml", "content", "templates", "static"];

/// Files of one folder that one thread writes at a time; larger folders are shared.
const FILES_A_JOB: usize = 256;

/// Reads the site in `site` and writes files like those below `built` into `out`, which must not be there.
///
/// # Errors
/// When something cannot be read or written.
pub fn measure(site: &Path, built: &Path, out: &Path) -> io::Result<Measured> {
    let jobs = jobs(built)?;
    let n_out = jobs.iter().map(|job| job.files.len() as u64).sum();
    let bytes_out = jobs.iter().flat_map(|job| &job.files).map(|(_, len)| len).sum();
    fs::create_dir(out).map_err(|error| named(out, &error))?;
    let start = Instant::now();
    let (n_in, bytes_in) = read_all(site)?;
    let read = start.elapsed();
    threads::for_each(jobs.len(), |job, buffer: &mut Buffer| match jobs.get(job) {
        Some(job) => job.write(out, buffer),
        None => Ok(()),
    })?;
    let write = start.elapsed() - read;
    Ok(Measured { read, write, n_in, bytes_in, n_out, bytes_out })
}

/// Files of one folder.
#[derive(Debug)]
struct Job {
    /// Below the output folder.
    folder: PathBuf,
    /// Names and lengths.
    files: Vec<(PathBuf, u64)>,
}

/// What is to be written, by folder, outer folders first.
fn jobs(built: &Path) -> io::Result<Vec<Job>> {
    let mut jobs = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let mut files = Vec::new();
        let path = built.join(&folder);
        for entry in fs::read_dir(&path).map_err(|error| named(&path, &error))? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(folder.join(entry.file_name()));
            } else {
                files.push((PathBuf::from(entry.file_name()), entry.metadata()?.len()));
            }
        }
        files.sort();
        let parts = files.chunks(FILES_A_JOB);
        jobs.extend(parts.map(|files| Job { folder: folder.clone(), files: files.to_vec() }));
    }
    jobs.sort_by(|a, b| a.folder.cmp(&b.folder));
    Ok(jobs)
}

impl Job {
    fn write(&self, out: &Path, buffer: &mut Buffer) -> io::Result<()> {
        let folder = out.join(&self.folder);
        make_folder(&folder).map_err(|error| named(&folder, &error))?;
        for (name, len) in &self.files {
            let path = folder.join(name);
            write_file(&path, *len, buffer).map_err(|error| named(&path, &error))?;
        }
        Ok(())
    }
}

/// Makes a folder, and those around it only if it cannot be made without.
fn make_folder(folder: &Path) -> io::Result<()> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::create_dir_all(folder),
        made => made,
    }
}

fn write_file(path: &Path, len: u64, buffer: &Buffer) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    let mut rest = usize::try_from(len).unwrap_or(usize::MAX);
    while rest > 0 {
        let part = buffer.0.get(..rest).unwrap_or(&buffer.0);
        file.write_all(part)?;
        rest -= part.len();
    }
    Ok(())
}

/// What is written, whatever it stands for.
struct Buffer(Vec<u8>);

impl Default for Buffer {
    fn default() -> Self {
        Self(b"0123456789abcde\n".repeat(1 << 14))
    }
}

/// Folders to list, shared by all threads.
#[derive(Default)]
struct Walk {
    found: Mutex<Vec<PathBuf>>,
    /// Folders found and not yet listed to their end.
    n_pending: AtomicUsize,
    n_files: AtomicU64,
    n_bytes: AtomicU64,
}

/// Lists and reads everything that a build reads; files and bytes.
fn read_all(site: &Path) -> io::Result<(u64, u64)> {
    let walk = Walk::default();
    for input in INPUTS {
        let path = site.join(input);
        if path.is_dir() {
            walk.push(path);
        } else if path.exists() {
            walk.read(&path, &mut Vec::new())?;
        }
    }
    threads::for_each(threads::count(), |_, buffer| walk.work(buffer))?;
    Ok((walk.n_files.into_inner(), walk.n_bytes.into_inner()))
}

impl Walk {
    fn push(&self, folder: PathBuf) {
        self.n_pending.fetch_add(1, Ordering::SeqCst);
        self.found.lock().unwrap_or_else(PoisonError::into_inner).push(folder);
    }

    /// Lists folders and reads their files until none is left anywhere.
    fn work(&self, buffer: &mut Vec<u8>) -> io::Result<()> {
        while self.n_pending.load(Ordering::SeqCst) > 0 {
            let folder = self.found.lock().unwrap_or_else(PoisonError::into_inner).pop();
            match folder {
                Some(folder) => {
                    let listed = self.list(&folder, buffer);
                    // Also after an error, or the others would wait for ever.
                    self.n_pending.fetch_sub(1, Ordering::SeqCst);
                    listed?;
                }
                None => thread::yield_now(),
            }
        }
        Ok(())
    }

    fn list(&self, folder: &Path, buffer: &mut Vec<u8>) -> io::Result<()> {
        for entry in fs::read_dir(folder).map_err(|error| named(folder, &error))? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                self.push(entry.path());
            } else {
                self.read(&entry.path(), buffer)?;
            }
        }
        Ok(())
    }

    fn read(&self, path: &Path, buffer: &mut Vec<u8>) -> io::Result<()> {
        buffer.clear();
        let mut file = File::open(path).map_err(|error| named(path, &error))?;
        let n_read = file.read_to_end(buffer).map_err(|error| named(path, &error))?;
        self.n_files.fetch_add(1, Ordering::Relaxed);
        self.n_bytes.fetch_add(n_read as u64, Ordering::Relaxed);
        Ok(())
    }
}
