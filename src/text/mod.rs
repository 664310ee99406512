//! The ground floor: pure functions on strings. No files, no clock, no state.
//!
//! [`bidi`] isolates, [`fold`] compares, [`letters`] compares word by word, [`particles`] knows what languages glue to
//! names, [`slug`] names, [`words`] counts and cuts, [`html`] escapes, [`locale`] writes dates, numbers and counts,
//! [`markdown`] scans, [`quotes`] pairs, [`sanitize`] cleans raw HTML.

pub mod bidi;
pub mod fold;
pub mod html;
pub mod letters;
pub mod locale;
pub mod markdown;
pub mod normal;
pub mod pairs;
pub mod particles;
pub mod quotes;
pub mod sanitize;
mod sentence;
pub mod skeleton;
pub mod slug;
pub mod spelling;
pub mod words;
