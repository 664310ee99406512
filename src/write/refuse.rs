//! What keeps a build from publishing, looked for before it has touched anything: too many pages that would go
//! ([`refuse_shrink`]), files of somebody else's ([`new_files`], [`refuse_foreign`]), templates that fail ([`rehearse`]).

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rayon::prelude::*;

use super::{Publisher, Stopped, one::fresh};
use crate::model::{output::Output, page_id::PageId};

/// How many outputs of each template are made before the first is written, to find a template's faults early.
pub const REHEARSED: usize = 3;

/// Most builds that lose a third of the pages lost a folder of sources.
pub(super) fn refuse_shrink(
    gone: &BTreeSet<String>,
    pages: usize,
    allowed: bool,
) -> Result<(), Stopped> {
    let removed = gone.iter().filter(|file| file.ends_with(".html")).count();
    if removed * 3 > pages && !allowed {
        return Err(Stopped::Shrink { removed, pages });
    }
    Ok(())
}

/// The files that are not there yet. A file that stands where one must go, and that brief did not put there, is
/// somebody's; unless it holds the very same bytes.
pub(super) fn new_files(
    publisher: &Publisher<'_>,
    there: Option<&BTreeMap<String, u64>>,
    made: &[(Output, Vec<u8>)],
) -> Result<Vec<String>, Stopped> {
    let mut new = Vec::new();
    let mut foreign = Vec::new();
    for (output, bytes) in made {
        let file = output.route.file();
        if (publisher.previous)(&file).is_some() {
            continue;
        }
        let is_there = match there {
            Some(there) => there.contains_key(&file),
            None => publisher.folder.len(&file).is_some(),
        };
        if is_there && !publisher.folder.holds(&file, bytes) {
            foreign.push(file);
        } else {
            new.push(file);
        }
    }
    if foreign.is_empty() { Ok(new) } else { Err(Stopped::Foreign(foreign)) }
}

/// The same before outputs are made one after the other.
pub(super) fn refuse_foreign(
    publisher: &Publisher<'_>,
    there: Option<&BTreeMap<String, u64>>,
    ids: &[PageId],
) -> Result<(), Stopped> {
    let unknown = there.into_iter().flat_map(BTreeMap::keys);
    let unknown: HashSet<&String> =
        unknown.filter(|file| (publisher.previous)(file).is_none()).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    let mut made = Vec::new();
    for id in ids {
        let is_suspect =
            |id| (publisher.route)(id).is_some_and(|route| unknown.contains(&route.file()));
        if is_suspect(id)
            && let Some(output) = (publisher.plan)(id)
        {
            let mut bytes = Vec::new();
            (publisher.render)(&output, &mut bytes).map_err(|it| Stopped::Render(vec![it]))?;
            made.push((output, bytes));
        }
    }
    new_files(publisher, there, &made).map(|_| ())
}

/// Makes some outputs of each template and throws them away: a template's fault stops the build before it has
/// touched anything.
pub(super) fn rehearse(
    publisher: &Publisher<'_>,
    there: Option<&BTreeMap<String, u64>>,
    samples: &[PageId],
) -> Result<(), Stopped> {
    let fault = |id: &PageId| {
        let output = (publisher.plan)(id)?;
        if fresh(publisher, there, &output, &output.route.file()).is_some() {
            return None;
        }
        (publisher.render)(&output, &mut Vec::new()).err()
    };
    let faults: Vec<_> = samples.par_iter().filter_map(fault).collect();
    if faults.is_empty() { Ok(()) } else { Err(Stopped::Render(faults)) }
}

/// Some outputs of each template, about as many as are wanted, from all over the site.
#[must_use]
pub fn samples(ids: &[PageId], wanted: usize) -> Vec<PageId> {
    let mut by_template: BTreeMap<&str, Vec<&PageId>> = BTreeMap::new();
    for id in ids {
        if let Some(template) = id.template() {
            by_template.entry(template).or_default().push(id);
        }
    }
    let some = by_template.values().flat_map(|ids| {
        let step = ids.len().div_ceil(wanted).max(1);
        ids.iter().step_by(step).copied().cloned()
    });
    some.collect()
}

/// Files that go, and stand where a folder of a new file must be, or in a folder where a new file must be. They cannot
/// wait for their turn.
pub(super) fn in_the_way(
    gone: &BTreeSet<String>,
    wanted: impl Iterator<Item = String>,
) -> BTreeSet<String> {
    let folders = |file: &str| {
        file.match_indices('/').map(|(at, _)| file[..at].to_owned()).collect::<Vec<_>>()
    };
    let mut early = BTreeSet::new();
    if gone.is_empty() {
        return early;
    }
    for file in wanted {
        early.extend(folders(&file).into_iter().filter(|folder| gone.contains(folder)));
        let below = format!("{file}/");
        let in_folder = gone.range(below.clone()..).take_while(|it| it.starts_with(&below));
        early.extend(in_folder.cloned());
    }
    early
}
