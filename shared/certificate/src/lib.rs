//! Certificates: a record and a template become a PDF.
//!
//! Typst runs in this process, in a world that holds nothing but what it was
//! handed: no file system, no packages, no clock. The page is PDF/A-2a
//! (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) at once; a character that no font
//! has is an error, never a hole in a name.

mod assignment;
mod error;
mod font_file;
mod guilloche;
mod office_seal;
mod order;
mod page;
mod press;
mod proof;
mod world;

pub use catalog::Bilingual;

pub use assignment::{Assignment, CertifyError};
pub use error::{FontError, RenderError};
pub use order::{LeaseNote, Order, Pdf};
pub use page::Page;
pub use press::{Press, shared_sources};
pub use proof::Proof;
