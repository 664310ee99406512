//! The ground floor: pure functions on strings. No files, no clock, no state.
//!
//! [`fold`] compares, [`letters`] compares word by word, [`particles`] knows what languages glue to names, [`slug`] names, [`words`] counts and cuts, [`html`] escapes, [`locale`] writes dates, numbers
//! and counts, [`markdown`] scans, [`sanitize`] cleans raw HTML.

pub mod fold;
pub mod html;
pub mod letters;
pub mod locale;
pub mod markdown;
pub mod normal;
mod pairs;
pub mod particles;
pub mod sanitize;
mod sentence;
pub mod skeleton;
pub mod slug;
pub mod spelling;
pub mod words;
