//! Outputs → changed files only, in publishing order. In: the names of outputs that may have changed, a planner, a renderer,
//! what was published before. Out: files in place, and a record of each. [`publish`] is the entry.
//!
//! An output with an equal fingerprint is not rendered; one with equal bytes is not written. Before a new file is made, its
//! name is noted in the output folder: a build that is killed leaves no file that the next one would not know for its own.

mod one;
mod refuse;
mod stopped;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use self::{
    one::{Change, Made, fresh, make, put},
    refuse::{in_the_way, new_files, refuse_foreign, refuse_shrink, rehearse},
};
pub use refuse::{REHEARSED, samples};
pub use stopped::Stopped;

use crate::{
    archive::{self, Published},
    diag::Diagnostic,
    disk::output::OutputFolder,
    model::{output::Output, page_id::PageId, route::Route},
    progress::{Phase, Watch},
};

/// Turns an output into bytes; the buffer comes empty.
pub type Render<'a> = dyn Fn(&Output, &mut Vec<u8>) -> Result<(), Diagnostic> + Sync + 'a;

/// Up to so many outputs are all made before the first is written.
pub const SMALL: usize = 600;
/// The most bytes that are kept ready for an output before it is made.
const ROOM: usize = 1 << 20;
/// Outputs whose records are kept in memory until they are stored.
const CHUNK: usize = 4096;

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
    /// Files in the output folder that brief did not put there; they are left alone. Looked for only by a build that looks
    /// at the whole folder.
    pub foreign: Vec<String>,
    /// Files in the output folder that are of other parts of the site. Counted as the foreign ones are looked for.
    pub others: usize,
}

/// What [`publish`] works with.
pub struct Publisher<'a> {
    /// Where to.
    pub folder: &'a OutputFolder,
    /// Name → what stands there; `None` for what is no more.
    pub plan: &'a (dyn Fn(&PageId) -> Option<Output> + Sync),
    /// Name → address.
    pub route: &'a (dyn Fn(&PageId) -> Option<Route> + Sync),
    /// Output → bytes.
    pub render: &'a Render<'a>,
    /// File → what was published there by the last build.
    pub previous: &'a (dyn Fn(&str) -> Option<archive::Output> + Sync),
    /// Is told what happens.
    pub watch: &'a dyn Watch,
}

/// What is to be done.
#[derive(Debug, Default)]
pub struct Work {
    /// Outputs that may have changed, in publishing order.
    pub ids: Vec<PageId>,
    /// Outputs that are made and thrown away before anything is written, of other parts of the site too: see [`samples`].
    pub samples: Vec<PageId>,
    /// Files that go.
    pub gone: Vec<String>,
    /// Every file in the output folder with its length, if it was looked at; else what was published is taken to be there.
    pub there: Option<BTreeMap<String, u64>>,
    /// Files there that are nobody's that brief knows.
    pub foreign: Vec<String>,
    /// How many files there are of other parts of the site.
    pub others: usize,
    /// Pages that were published before.
    pub n_pages: usize,
    /// Whether more than a third of them may go.
    pub allow_shrink: bool,
}

/// Stores what was published: files in any order, `None` for those that went.
pub type Record<'a> = dyn FnMut(&[(String, Option<Published>)]) -> Result<(), Stopped> + 'a;

/// Publishes.
///
/// # Errors
/// When a template fails, too much would be removed, or the disk refuses. Every file is whole all the same.
pub fn publish(
    publisher: &Publisher<'_>,
    work: Work,
    record: &mut Record<'_>,
) -> Result<Report, Stopped> {
    if work.ids.len() <= SMALL {
        small(publisher, work, record)
    } else {
        large(publisher, work, record)
    }
}

/// Makes everything before it writes anything.
fn small(
    publisher: &Publisher<'_>,
    work: Work,
    record: &mut Record<'_>,
) -> Result<Report, Stopped> {
    let planned: Vec<(&PageId, Option<Output>)> =
        work.ids.par_iter().with_max_len(1).map(|id| (id, (publisher.plan)(id))).collect();
    let mut gone: BTreeSet<String> = work.gone.into_iter().collect();
    let mut stale: Vec<Output> = Vec::new();
    let mut records: Vec<(String, Option<Published>)> = Vec::new();
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    for (id, output) in planned {
        let Some(output) = output else {
            gone.extend(left_by(publisher, id));
            continue;
        };
        let file = output.route.file();
        match fresh(publisher, work.there.as_ref(), &output, &file) {
            Some(published) => records.push((file.clone(), Some(published))),
            None => stale.push(output),
        }
        wanted.insert(file);
    }
    gone.retain(|file| !wanted.contains(file));
    refuse_shrink(&gone, work.n_pages, work.allow_shrink)?;
    rehearse(publisher, work.there.as_ref(), &work.samples)?;
    publisher.watch.begin(Phase::Render, Some(stale.len() as u64));
    // Each by itself: of a few outputs one may cost as much as all the others.
    let made: Vec<Result<(Output, Vec<u8>), Diagnostic>> = stale
        .into_par_iter()
        .with_max_len(1)
        .map(|output| {
            let mut bytes = Vec::with_capacity(room(publisher, &output));
            (publisher.render)(&output, &mut bytes)?;
            Ok((output, bytes))
        })
        .collect();
    let (made, faults): (Vec<_>, Vec<_>) = made.into_iter().partition(Result::is_ok);
    let faults: Vec<Diagnostic> = faults.into_iter().filter_map(Result::err).collect();
    if !faults.is_empty() {
        return Err(Stopped::Render(faults));
    }
    let made: Vec<(Output, Vec<u8>)> = made.into_iter().filter_map(Result::ok).collect();
    let new = new_files(publisher, work.there.as_ref(), &made)?;
    publisher.folder.note(new.iter(), [].iter())?;
    let early = in_the_way(&gone, made.iter().map(|(output, _)| output.route.file()));
    early.iter().try_for_each(|file| publisher.folder.remove(file))?;
    let mut report = Report {
        rendered: made.len(),
        foreign: work.foreign,
        others: work.others,
        ..Report::default()
    };
    for stage in made.chunk_by(|a, b| a.0.id.stage() == b.0.id.stage()) {
        let put: Vec<Result<Made, Stopped>> = stage
            .par_iter()
            .map(|(output, bytes)| put(publisher, work.there.as_ref(), output, bytes))
            .collect();
        for made in put {
            note(made?, publisher.watch, &mut records, &mut report);
        }
    }
    finish(publisher, gone, &early, (&mut records, record), &mut report)?;
    publisher.watch.end();
    Ok(report)
}

/// Bytes that an output may need: what it had, and some more.
fn room(publisher: &Publisher<'_>, output: &Output) -> usize {
    let previous = (publisher.previous)(&output.route.file());
    let len = previous.map_or(0, |it| usize::try_from(it.published.len).unwrap_or(0));
    // No record can make a build ask for more than a large page.
    len.min(ROOM) + 1024
}

/// Makes and writes one output after the other, on all cores, with no more in memory than is being made.
fn large(
    publisher: &Publisher<'_>,
    work: Work,
    record: &mut Record<'_>,
) -> Result<Report, Stopped> {
    let there = work.there.as_ref();
    let mut gone: BTreeSet<String> = work.gone.into_iter().collect();
    let mut ids = work.ids;
    if there.is_none() {
        // Who looked at everything knows what goes; near a change, some of the outputs are no more.
        let file = |id: &PageId| (publisher.plan)(id).map(|output| output.route.file());
        let planned: Vec<Option<String>> = ids.par_iter().map(file).collect();
        let mut planned = planned.into_iter();
        let mut wanted: BTreeSet<String> = BTreeSet::new();
        ids.retain(|id| {
            let file = planned.next().flatten();
            gone.extend(file.is_none().then(|| left_by(publisher, id)).flatten());
            file.map(|file| wanted.insert(file)).is_some()
        });
        gone.retain(|file| !wanted.contains(file));
    }
    refuse_shrink(&gone, work.n_pages, work.allow_shrink)?;
    rehearse(publisher, there, &work.samples)?;
    refuse_foreign(publisher, there, &ids)?;
    let files = |id: &PageId| (publisher.route)(id).map(|route| route.file());
    let early = if gone.is_empty() {
        BTreeSet::new()
    } else {
        in_the_way(&gone, ids.iter().filter_map(files))
    };
    early.iter().try_for_each(|file| publisher.folder.remove(file))?;
    publisher.watch.begin(Phase::Render, Some(ids.len() as u64));
    let mut report = Report { foreign: work.foreign, others: work.others, ..Report::default() };
    let mut records = Vec::new();
    for stage in ids.chunk_by(|a, b| a.stage() == b.stage()) {
        for ids in stage.chunks(CHUNK) {
            let is_new = |file: &String| (publisher.previous)(file).is_none();
            let new: Vec<String> = ids.par_iter().filter_map(files).filter(is_new).collect();
            publisher.folder.note(new.iter(), [].iter())?;
            let made: Vec<Result<Option<Made>, Stopped>> = ids
                .par_iter()
                .map_init(Vec::new, |buffer, id| make(publisher, there, id, buffer))
                .collect();
            let mut faults = Vec::new();
            for made in made {
                match made {
                    Ok(made) => made.into_iter().for_each(|made| {
                        report.rendered += usize::from(made.change != Change::Fresh);
                        note(made, publisher.watch, &mut records, &mut report);
                    }),
                    Err(Stopped::Render(found)) => faults.extend(found),
                    Err(stopped) => return Err(stopped),
                }
            }
            if !faults.is_empty() {
                return Err(Stopped::Render(faults));
            }
            record(&records)?;
            records.clear();
        }
    }
    finish(publisher, gone, &early, (&mut records, record), &mut report)?;
    publisher.watch.end();
    Ok(report)
}

/// The file that an output left which is no more, if it was the last to stand there.
fn left_by(publisher: &Publisher<'_>, id: &PageId) -> Option<String> {
    let file = (publisher.route)(id).map(|route| route.file())?;
    let last = (publisher.previous)(&file)?;
    (last.published.owner == id.number()).then_some(last.file)
}

fn note(
    made: Made,
    watch: &dyn Watch,
    records: &mut Vec<(String, Option<Published>)>,
    report: &mut Report,
) {
    let Made { file, published, change } = made;
    let written = if matches!(change, Change::Fresh | Change::Same) { 0 } else { published.len };
    report.bytes += written;
    watch.step(1, written);
    match change {
        Change::Fresh | Change::Same => {}
        Change::Created => report.created.push(file.clone()),
        Change::Replaced => report.replaced.push(file.clone()),
    }
    records.push((file, Some(published)));
}

/// Deletes what goes, last of all, and stores the last records.
fn finish(
    publisher: &Publisher<'_>,
    gone: BTreeSet<String>,
    early: &BTreeSet<String>,
    (records, record): (&mut Vec<(String, Option<Published>)>, &mut Record<'_>),
    report: &mut Report,
) -> Result<(), Stopped> {
    for file in gone.iter().filter(|file| !early.contains(*file)) {
        publisher.folder.remove(file)?;
    }
    publisher.folder.note([].iter(), gone.iter())?;
    records.extend(gone.iter().map(|file| (file.clone(), None)));
    record(records)?;
    report.removed = gone.into_iter().collect();
    Ok(())
}
