//! Outputs → changed files only, in publishing order. In: a [`Plan`], the list of the last build, a renderer.
//! Out: files in place, and a new list. [`publish`] is the entry.
//!
//! An output with an equal fingerprint is not rendered; one with equal bytes is not written. The list is stored
//! before and after: a build that is killed leaves a list on which everything that it was about to touch is marked
//! as unknown, so that the next build looks at it again.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::{
    diag::{Diagnostic, Place},
    disk::{DiskError, output::OutputFolder},
    model::{
        Digest,
        manifest::{Manifest, Published},
        output::{Output, Plan},
    },
};

/// Turns an output into bytes; the buffer comes empty.
pub type Render<'a> = dyn Fn(&Output, &mut Vec<u8>) -> Result<(), Diagnostic> + Sync + 'a;

/// How many outputs of each template are made before the first is written, to find a template's faults early.
const REHEARSED: usize = 3;

/// What a build published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Outputs in all.
    pub outputs: usize,
    /// Outputs made because something that they depend on changed.
    pub rendered: usize,
    /// Files that are new.
    pub created: Vec<String>,
    /// Files whose bytes changed.
    pub replaced: Vec<String>,
    /// Files that are no longer published.
    pub removed: Vec<String>,
    /// Bytes of all created and replaced files.
    pub bytes: u64,
    /// Files in the output folder that brief did not put there; they are left alone.
    pub foreign: Vec<String>,
}

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
}

impl From<DiskError> for Stopped {
    fn from(error: DiskError) -> Self {
        Self::Disk(error)
    }
}

/// What [`publish`] works with.
pub struct Publisher<'a> {
    /// Where to.
    pub folder: &'a OutputFolder,
    /// What the last build published.
    pub previous: &'a Manifest,
    /// Output → bytes.
    pub render: &'a Render<'a>,
    /// Stores the list; called before the first file is touched and after the last.
    pub store: &'a (dyn Fn(&Manifest) -> Result<(), DiskError> + Sync),
    /// Whether more than a third of the pages may go.
    pub allow_shrink: bool,
}

/// Publishes a plan.
///
/// # Errors
/// When a template fails, too much would be removed, or the disk refuses. Every file is whole all the same.
pub fn publish(publisher: &Publisher<'_>, plan: &Plan) -> Result<Report, Stopped> {
    let there = publisher.folder.files()?;
    let files: BTreeMap<String, &Output> =
        plan.outputs.iter().map(|output| (output.route.file(), output)).collect();
    let removed: Vec<_> = publisher
        .previous
        .files
        .keys()
        .filter(|file| !files.contains_key(*file))
        .cloned()
        .collect();
    refuse_shrink(publisher, &removed)?;
    let stale: Vec<&Output> = plan
        .outputs
        .iter()
        .filter(|output| !is_fresh(publisher.previous, &there, output))
        .collect();
    rehearse(publisher, &stale)?;
    refuse_foreign(publisher, &there, &stale)?;

    let mut manifest = interim(publisher.previous, &stale);
    if !stale.is_empty() || !removed.is_empty() {
        publisher.folder.list(manifest.files.keys())?;
        (publisher.store)(&manifest)?;
    }
    let early = in_the_way(&removed, &stale);
    for file in &early {
        publisher.folder.remove(file)?;
    }
    let mut report =
        Report { outputs: plan.outputs.len(), rendered: stale.len(), ..Report::default() };
    for stage in stale.chunk_by(|a, b| a.page.stage() == b.page.stage()) {
        put_stage(publisher, &there, stage, (&mut manifest, &mut report))?;
    }
    for file in &removed {
        if !early.contains(file) {
            publisher.folder.remove(file)?;
        }
        manifest.files.remove(file);
    }
    publisher.folder.list(manifest.files.keys())?;
    if manifest != *publisher.previous {
        (publisher.store)(&manifest)?;
    }
    let is_foreign = |file: &&String| {
        !files.contains_key(*file) && !publisher.previous.files.contains_key(*file)
    };
    report.foreign = there.keys().filter(is_foreign).cloned().collect();
    report.removed = removed;
    Ok(report)
}

/// Whether the file is there as the last build left it and would be made of the same things.
fn is_fresh(previous: &Manifest, there: &BTreeMap<String, u64>, output: &Output) -> bool {
    let file = output.route.file();
    previous.files.get(&file).is_some_and(|published| {
        published.fingerprint == output.fingerprint && there.get(&file) == Some(&published.len)
    })
}

/// Most builds that lose a third of the pages lost a folder of sources.
fn refuse_shrink(publisher: &Publisher<'_>, removed: &[String]) -> Result<(), Stopped> {
    let is_page = |file: &&String| file.ends_with(".html");
    let pages = publisher.previous.files.keys().filter(is_page).count();
    let removed = removed.iter().filter(is_page).count();
    if removed * 3 > pages && !publisher.allow_shrink {
        return Err(Stopped::Shrink { removed, pages });
    }
    Ok(())
}

/// A file that stands where an output must go, and that brief did not put there, is somebody's; unless it holds the
/// very same bytes.
fn refuse_foreign(
    publisher: &Publisher<'_>,
    there: &BTreeMap<String, u64>,
    stale: &[&Output],
) -> Result<(), Stopped> {
    let mut foreign = Vec::new();
    for output in stale {
        let file = output.route.file();
        if !there.contains_key(&file) || publisher.previous.files.contains_key(&file) {
            continue;
        }
        let mut bytes = Vec::new();
        (publisher.render)(output, &mut bytes).map_err(|fault| Stopped::Render(vec![fault]))?;
        if !publisher.folder.holds(&file, &bytes) {
            foreign.push(file);
        }
    }
    if foreign.is_empty() { Ok(()) } else { Err(Stopped::Foreign(foreign)) }
}

/// Makes some outputs of each template and throws them away: a template's fault stops the build before it has
/// touched anything.
fn rehearse(publisher: &Publisher<'_>, stale: &[&Output]) -> Result<(), Stopped> {
    let mut by_template: BTreeMap<&str, Vec<&Output>> = BTreeMap::new();
    for output in stale {
        if let Some(template) = output.page.template() {
            by_template.entry(template).or_default().push(output);
        }
    }
    let samples: Vec<&Output> = by_template
        .values()
        .flat_map(|outputs| {
            let step = outputs.len().div_ceil(REHEARSED).max(1);
            outputs.iter().step_by(step).copied()
        })
        .collect();
    let faults: Vec<_> = samples
        .par_iter()
        .filter_map(|output| (publisher.render)(output, &mut Vec::new()).err())
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(Stopped::Render(faults)) }
}

/// Files that go, and stand where a folder of a new file must be, or in a folder where a new file must be. They cannot
/// wait for their turn.
fn in_the_way<'r>(removed: &'r [String], stale: &[&Output]) -> BTreeSet<&'r String> {
    let wanted: BTreeSet<String> = stale.iter().map(|output| output.route.file()).collect();
    let folders = |file: &str| -> Vec<String> {
        file.match_indices('/').map(|(at, _)| file[..at].to_owned()).collect()
    };
    let needed: BTreeSet<String> = wanted.iter().flat_map(|file| folders(file)).collect();
    let is_in_the_way = |file: &&String| {
        needed.contains(*file) || folders(file).iter().any(|folder| wanted.contains(folder))
    };
    removed.iter().filter(is_in_the_way).collect()
}

/// The list with everything that is about to be touched marked as unknown.
fn interim(previous: &Manifest, stale: &[&Output]) -> Manifest {
    let mut manifest = previous.clone();
    for output in stale {
        manifest.files.entry(output.route.file()).or_default().fingerprint = Digest::default();
    }
    manifest
}

/// Renders and writes the outputs of one stage, in parallel; the next stage links to this one.
fn put_stage(
    publisher: &Publisher<'_>,
    there: &BTreeMap<String, u64>,
    stage: &[&Output],
    (manifest, report): (&mut Manifest, &mut Report),
) -> Result<(), Stopped> {
    let put: Vec<_> = stage
        .par_iter()
        .map_init(Vec::new, |buffer, output| put(publisher, there, output, buffer))
        .collect();
    let mut faults = Vec::new();
    for (output, put) in stage.iter().zip(put) {
        let file = output.route.file();
        match put {
            Ok((published, change)) => {
                match change {
                    Change::None => {}
                    Change::Created => report.created.push(file.clone()),
                    Change::Replaced => report.replaced.push(file.clone()),
                }
                report.bytes += if change == Change::None { 0 } else { published.len };
                manifest.files.insert(file, published);
            }
            Err(Stopped::Render(found)) => faults.extend(found),
            Err(stopped) => return Err(stopped),
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Stopped::Render(faults)) }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    None,
    Created,
    Replaced,
}

fn put(
    publisher: &Publisher<'_>,
    there: &BTreeMap<String, u64>,
    output: &Output,
    buffer: &mut Vec<u8>,
) -> Result<(Published, Change), Stopped> {
    buffer.clear();
    (publisher.render)(output, buffer).map_err(|fault| Stopped::Render(vec![fault]))?;
    let file = output.route.file();
    let len = buffer.len() as u64;
    let digest = Digest::of(buffer);
    let change = match there.get(&file) {
        None => {
            publisher.folder.create(&file, buffer)?;
            Change::Created
        }
        Some(&old) if old == len && publisher.folder.holds(&file, buffer) => Change::None,
        Some(_) => {
            publisher.folder.replace(&file, buffer)?;
            Change::Replaced
        }
    };
    Ok((Published { fingerprint: output.fingerprint, digest, len }, change))
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
        }
    }
}

fn foreign(file: &str) -> Diagnostic {
    let message = format!("`{file}` in the output folder was not put there by brief");
    Diagnostic::error("", Place::FILE, "foreign-file", message)
        .hint("move it to static/, or delete it, or give the page another address")
}
