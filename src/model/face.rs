//! What lists and feeds show of an article, apart from all else that is known of it. In: a record of the archive that begins
//! with it. Out: a [`Face`], by [`Face::of_record`].

use serde::{Deserialize, Serialize};

use super::{
    article::{Image, Kind, Moment},
    newsroom::Ties,
    tongue::Tongue,
};

/// What lists and feeds show of an article: the beginning of [`Filed`](super::newsroom::Filed), in the order in which that
/// has it, so that the rest of its record need not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Face {
    /// Where it is and what it belongs to.
    pub ties: Ties,
    /// What its editor wrote over it.
    pub heading: Heading,
}

impl Face {
    /// The face that a record begins with; `None` if it begins with none.
    #[must_use]
    pub fn of_record(record: &[u8]) -> Option<Self> {
        postcard::take_from_bytes(record).ok().map(|(face, _)| face)
    }
}

/// What stands over an article's body and on lists that show it: the beginning of its
/// [`Summary`](super::article::Summary).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// Its file, relative to the site's root.
    pub source: String,
    /// The file's stem: the id by which other files may name it.
    pub stem: String,
    /// BCP 47, if it differs from the site's.
    pub lang: Option<String>,
    /// The language of the site in which it is published.
    pub tongue: Tongue,
    /// Headline.
    pub title: String,
    /// A shorter headline for lists.
    pub short_title: Option<String>,
    /// When it was published.
    pub date: Moment,
    /// The editor's own declaration of an update; moves `dateModified`.
    pub updated: Option<Moment>,
    /// What sort of work it is.
    pub kind: Kind,
    /// Standfirst: as written, else the first paragraph cut at a word. Plain text.
    pub standfirst: String,
    /// The three to five things to know. Plain text.
    pub points: Vec<String>,
    /// Bylines.
    pub authors: Vec<String>,
    /// The lead image.
    pub image: Option<Image>,
}

impl Heading {
    /// When the article last changed by its editor's word; never before it was published.
    #[must_use]
    pub fn modified(&self) -> Moment {
        self.updated.map_or(self.date, |updated| updated.max(self.date))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{article::Summary, newsroom::Filed, route::Route};

    #[test]
    #[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    fn the_record_of_an_article_begins_with_its_face() {
        let ties = Ties { route: Route::new("/a.html"), ..Ties::default() };
        let date =
            Moment { local: jiff::civil::datetime(1970, 1, 1, 0, 0, 0, 0), ..Moment::default() };
        let heading = Heading {
            title: "Title".to_owned(),
            date,
            points: vec!["One".to_owned(), "Two".to_owned()],
            ..Heading::default()
        };
        let summary =
            Summary { heading: heading.clone(), slug: "slug".to_owned(), ..Summary::default() };
        let filed = Filed { ties: ties.clone(), summary, ..Filed::default() };
        let record = postcard::to_stdvec(&filed).unwrap();
        assert_eq!(Face::of_record(&record), Some(Face { ties, heading }));
        assert_eq!(Face::of_record(&record[..8]), None);
    }
}
