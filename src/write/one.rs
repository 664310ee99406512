//! One output: planned, rendered, put in place. In: its name. Out: [`Made`]: what was published, and how its file changed.
//! [`make`] does all of it; [`fresh`] and [`put`] are its first and last step.

use std::collections::BTreeMap;

use super::{Publisher, Stopped};
use crate::{
    archive::Published,
    model::{Digest, output::Output, page_id::PageId},
};

/// One output after it was looked at.
pub(super) struct Made {
    pub(super) file: String,
    pub(super) published: Published,
    pub(super) change: Change,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// Its fingerprint is what it was.
    Fresh,
    /// Its bytes are what they were.
    Same,
    Created,
    Replaced,
}

/// Plans, renders and writes one output.
pub(super) fn make(
    publisher: &Publisher<'_>,
    there: Option<&BTreeMap<String, u64>>,
    id: &PageId,
    buffer: &mut Vec<u8>,
) -> Result<Option<Made>, Stopped> {
    let Some(output) = (publisher.plan)(id) else { return Ok(None) };
    let file = output.route.file();
    if let Some(published) = fresh(publisher, there, &output, &file) {
        return Ok(Some(Made { file, published, change: Change::Fresh }));
    }
    buffer.clear();
    (publisher.render)(&output, buffer).map_err(|fault| Stopped::Render(vec![fault]))?;
    put(publisher, there, &output, buffer).map(Some)
}

/// What is published, if it would be made of the same things and is there as the last build left it.
pub(super) fn fresh(
    publisher: &Publisher<'_>,
    there: Option<&BTreeMap<String, u64>>,
    output: &Output,
    file: &str,
) -> Option<Published> {
    let previous = (publisher.previous)(file)?;
    let is_there = there.is_none_or(|there| there.get(file) == Some(&previous.published.len));
    let is_fresh = previous.published.fingerprint == output.fingerprint && previous.file == file;
    let owner = output.id.number();
    (is_there && is_fresh).then_some(Published { owner, ..previous.published })
}

/// Puts the bytes of an output in place, unless they are there.
pub(super) fn put(
    publisher: &Publisher<'_>,
    there: Option<&BTreeMap<String, u64>>,
    output: &Output,
    bytes: &[u8],
) -> Result<Made, Stopped> {
    let file = output.route.file();
    let len = bytes.len() as u64;
    let digest = Digest::of(bytes);
    let previous = (publisher.previous)(&file).filter(|it| it.file == file);
    let old = match there {
        Some(there) => there.get(&file).copied(),
        None => previous.as_ref().and_then(|_| publisher.folder.len(&file)),
    };
    let known = previous.filter(|it| there.is_none() && it.published.digest == digest);
    let change = match old {
        None => {
            publisher.folder.create(&file, bytes)?;
            Change::Created
        }
        Some(old) if old == len && (known.is_some() || publisher.folder.holds(&file, bytes)) => {
            Change::Same
        }
        Some(_) => {
            publisher.folder.replace(&file, bytes)?;
            Change::Replaced
        }
    };
    let published =
        Published { fingerprint: output.fingerprint, digest, len, owner: output.id.number() };
    Ok(Made { file, published, change })
}
