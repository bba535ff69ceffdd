//! The press: fonts loaded once, certificates printed one after the other.

use std::{
    collections::HashMap,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use seal::Symbol;
use sha2::{Digest, Sha256};
use typst::{
    Library, LibraryExt, WorldExt,
    diag::SourceDiagnostic,
    foundations::{Bytes, Datetime, Smart},
    syntax::{DiagSpan, Source},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::{
    FontError, Order, Page, Pdf, Proof, RenderError,
    font_file::open,
    guilloche::guilloche,
    office_seal::office_seal,
    proof,
    world::{Ground, SealedWorld, file_id},
};

/// Where Debian's `fonts-noto-cjk` puts its files.
const FONT_FOLDER: &str = "/usr/share/fonts/opentype/noto";
const FONT_FILES: [&str; 3] = [
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJK-Bold.ttc",
    "NotoSerifCJK-Bold.ttc",
];
const FAMILIES: [&str; 2] = ["Noto Sans CJK KR", "Noto Serif CJK KR"];

/// What templates import by these names.
const SHARED: [(&str, &str); 6] = [
    ("paper.typ", include_str!("paper.typ")),
    ("words.typ", include_str!("words.typ")),
    ("tables.typ", include_str!("tables.typ")),
    ("registers.typ", include_str!("registers.typ")),
    ("map.typ", include_str!("map.typ")),
    ("family.typ", include_str!("family.typ")),
];

/// What templates import, by name.
pub fn shared_sources() -> impl Iterator<Item = (&'static str, &'static str)> {
    SHARED.into_iter()
}

/// A larger symbol does not fit at four dots a module.
const SEAL_VERSION_MAX: u8 = 20;
/// After how many prints intermediate results are looked through, and how many such looks
/// an unused one outlives: more prints than there are at once, or each would take away
/// what the others are about to use.
const PRINTS_BETWEEN: usize = 8;
const LOOKS_OUTLIVED: usize = 1;

pub struct Press {
    ground: Ground,
}

/// Lets go of intermediate results, also when a certificate fails.
struct Evict;

/// The results belong to the process, whatever presses there are.
static PRINTED: AtomicUsize = AtomicUsize::new(0);

impl Drop for Evict {
    fn drop(&mut self) {
        let printed = PRINTED.fetch_add(1, Ordering::Relaxed);
        if printed.is_multiple_of(PRINTS_BETWEEN) {
            typst::comemo::evict(LOOKS_OUTLIVED);
        }
    }
}

impl Press {
    /// Sets the press up with Debian's fonts.
    ///
    /// # Errors
    /// When the fonts are not installed.
    pub fn with_debian_fonts() -> Result<Self, FontError> {
        Self::new(Path::new(FONT_FOLDER))
    }

    /// # Errors
    /// When a font file is missing or is not what its name says.
    pub fn new(font_folder: &Path) -> Result<Self, FontError> {
        let mut fonts = Vec::new();
        for name in FONT_FILES {
            let file = font_folder.join(name);
            let bytes = open(&file).map_err(|source| FontError::Read {
                file: file.clone(),
                source,
            })?;
            // A collection holds every national form; ours is the Korean one.
            let korean = |font: &Font| FAMILIES.contains(&font.info().family.as_str());
            let font = Font::iter(bytes).find(korean);
            fonts.push(font.ok_or(FontError::Family(file))?);
        }
        let shared = SHARED.map(|(name, text)| Source::new(file_id(name), text.to_owned()));
        let ground = Ground {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            shared: shared.into(),
        };
        Ok(Self { ground })
    }

    /// Makes one certificate, unsigned.
    ///
    /// # Errors
    /// When a character has no glyph, the template or the seal does not fit.
    pub fn print(&self, order: &Order<'_>) -> Result<Pdf, RenderError> {
        Ok(self.set(order)?.0)
    }

    /// Makes a certificate and reads what stands on it.
    ///
    /// # Errors
    /// As [`Press::print`].
    pub fn print_proof(&self, order: &Order<'_>) -> Result<Proof, RenderError> {
        let (pdf, document) = self.set(order)?;
        Ok(Proof {
            pdf,
            text: proof::text(&document),
        })
    }

    fn set(&self, order: &Order<'_>) -> Result<(Pdf, PagedDocument), RenderError> {
        let _evict = Evict;
        let symbol =
            Symbol::of(order.seal, SEAL_VERSION_MAX).map_err(|_| RenderError::SealTooLarge)?;
        let number = Sha256::digest(order.document_number.as_bytes());
        let data = order.data(symbol.size()).to_string();
        let files = [
            ("data.json", data.into_bytes()),
            ("seal.svg", symbol.to_svg().into_bytes()),
            ("guilloche.svg", guilloche(&number.into()).into_bytes()),
            (
                "office-seal.svg",
                office_seal(&order.issuer.ko).into_bytes(),
            ),
        ];
        self.compile(
            Source::new(file_id("certificate.typ"), order.template.to_owned()),
            files,
            options(order.document_number, order.issued_on)?,
        )
    }

    /// Sets a page of the house's own.
    ///
    /// # Errors
    /// When a character has no glyph or the template does not fit its data.
    pub fn print_page(&self, page: &Page<'_>) -> Result<Pdf, RenderError> {
        let _evict = Evict;
        let main = Source::new(file_id("page.typ"), page.template.to_owned());
        let data = page.data.to_string().into_bytes();
        let options = options(page.title, page.printed_on)?;
        Ok(self.compile(main, [("data.json", data)], options)?.0)
    }

    fn compile(
        &self,
        main: Source,
        files: impl IntoIterator<Item = (&'static str, Vec<u8>)>,
        options: PdfOptions,
    ) -> Result<(Pdf, PagedDocument), RenderError> {
        let world = SealedWorld {
            ground: &self.ground,
            main,
            files: files
                .into_iter()
                .map(|(name, bytes)| (file_id(name), Bytes::new(bytes)))
                .collect::<HashMap<_, _>>(),
        };
        let compiled = typst::compile::<PagedDocument>(&world);
        let document = compiled.output.map_err(|errors| refusal(&errors, &world))?;
        // A page that says "1 of 1" and is not would be signed.
        let unsettled = |it: &SourceDiagnostic| it.message.contains("did not converge");
        if compiled.warnings.iter().any(unsettled) {
            return Err(RenderError::Unsettled);
        }
        let bytes =
            typst_pdf::pdf(&document, &options).map_err(|errors| refusal(&errors, &world))?;
        let pages = u32::try_from(document.pages().len()).unwrap_or(u32::MAX);
        Ok((Pdf { bytes, pages }, document))
    }
}

/// `name` tells the document from all others; the day is year, month, day.
fn options(name: &str, (year, month, day): (i64, u32, u32)) -> Result<PdfOptions, RenderError> {
    let date = i32::try_from(year)
        .ok()
        .zip(u8::try_from(month).ok())
        .zip(u8::try_from(day).ok())
        .and_then(|((year, month), day)| Datetime::from_ymd_hms(year, month, day, 0, 0, 0))
        .ok_or(RenderError::Date)?;
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|_| RenderError::Standard)?;
    Ok(PdfOptions {
        ident: Smart::Custom(name.into()),
        creator: Smart::Custom(Some("Minwon".into())),
        timestamp: Some(Timestamp::new_utc(date)),
        standards,
        tagged: true,
        ..PdfOptions::default()
    })
}

/// Tells a missing glyph from a broken template, without a word of the record.
fn refusal(errors: &[SourceDiagnostic], world: &SealedWorld<'_>) -> RenderError {
    if errors
        .iter()
        .any(|error| error.message.contains("could not be displayed with"))
    {
        return RenderError::MissingGlyph;
    }
    let standard = errors
        .iter()
        .any(|error| error.message.starts_with("PDF/A") || error.message.starts_with("PDF/UA"));
    if standard {
        return RenderError::Standard;
    }
    // What fails in a file that templates share was called from somewhere in this one.
    let line_of = |span: DiagSpan| {
        span.id().filter(|id| *id == world.main.id())?;
        let range = world.range(span)?;
        world.main.lines().byte_to_line(range.start)
    };
    let line = errors.iter().find_map(|error| {
        let calls = error.trace.iter().map(|it| DiagSpan::from(it.span));
        std::iter::once(error.span).chain(calls).find_map(line_of)
    });
    RenderError::Template {
        line: line.map_or(0, |line| line + 1),
    }
}
