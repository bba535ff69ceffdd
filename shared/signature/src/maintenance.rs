//! Which revisions may follow the certifying signature: only those that keep it
//! verifiable (ISO 32000-2, 12.8.2.2, table 257, P = 1; EN 319 142-1, 5.4 and 5.5).
//!
//! Every object of the signed revision must still be what it was. Only the
//! catalogue may gain the security store and a form field, only the first page
//! may gain the field's invisible widget.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId, xref::XrefEntry};

use crate::{appendix::is_whole, evidence::SUB_FILTER};

const TRAILER: &[&str] = &["Size", "Root", "Info", "ID", "Prev"];
const STORE: &[&str] = &["Type", "Certs", "CRLs", "OCSPs"];
const STORED: &[&str] = &["Certs", "CRLs", "OCSPs"];
const STREAM: &[&str] = &["Length"];
const WIDGET: &[&str] = &["Type", "Subtype", "FT", "T", "V", "P", "F", "Rect"];
const TIME_STAMP: &[&str] = &["Type", "Filter", "SubFilter", "ByteRange", "Contents"];

/// Whether everything in `whole` behind its first `signed` bytes is maintenance.
pub(crate) fn is_maintenance(whole: &[u8], signed: usize) -> bool {
    if !is_whole(&whole[signed..]) {
        return false;
    }
    let read = |bytes: &[u8]| {
        let document = Document::load_mem(bytes).ok()?;
        document.xref_recovery.is_none().then_some(document)
    };
    let (Some(before), Some(after)) = (read(&whole[..signed]), read(whole)) else {
        return false;
    };
    let revision = Revision {
        before: &before,
        after: &after,
        whole,
    };
    revision.is_harmless().is_some()
}

struct Revision<'a> {
    before: &'a Document,
    after: &'a Document,
    whole: &'a [u8],
}

impl Revision<'_> {
    /// `None` is a refusal.
    fn is_harmless(&self) -> Option<()> {
        let root = self.before.trailer.get(b"Root").ok()?.as_reference().ok()?;
        let page = *self.before.get_pages().get(&1)?;
        self.same_trailer()?;
        let mut accounted = BTreeSet::new();
        for (id, object) in &self.before.objects {
            let now = self.after.objects.get(id)?;
            if now == object {
                continue;
            }
            let (object, now) = (object.as_dict().ok()?, now.as_dict().ok()?);
            let gained = if *id == root {
                self.gained_by_catalog(object, now)?
            } else if *id == page {
                let entries = added(object, now, b"Annots")?;
                same_but(object, now, &[b"Annots", b"Tabs"])?;
                (now.get(b"Tabs").ok()?.as_name().ok()? == b"S").then_some(entries)?
            } else {
                return None;
            };
            self.is_plainly_written(*id)?;
            accounted.extend(gained);
        }
        self.fields_are_invisible(&mut accounted)?;
        let strangers = self
            .after
            .objects
            .keys()
            .filter(|id| !self.before.objects.contains_key(id) && !accounted.contains(id));
        (strangers.count() == 0).then_some(())
    }

    fn same_trailer(&self) -> Option<()> {
        let (before, after) = (&self.before.trailer, &self.after.trailer);
        only(after, TRAILER)?;
        let same = ["Root", "Info"]
            .iter()
            .all(|key| before.get(key.as_bytes()).ok() == after.get(key.as_bytes()).ok());
        same.then_some(())
    }

    fn gained_by_catalog(&self, before: &Dictionary, now: &Dictionary) -> Option<Vec<ObjectId>> {
        same_but(before, now, &[b"DSS", b"AcroForm"])?;
        let (form, form_now) = (
            dictionary(before, b"AcroForm")?,
            dictionary(now, b"AcroForm")?,
        );
        same_but(form, form_now, &[b"Fields"])?;
        let mut gained = added(form, form_now, b"Fields")?;
        if let Ok(store) = now.get(b"DSS") {
            let id = store.as_reference().ok()?;
            let store = self.new_dictionary(id, STORE)?;
            gained.push(id);
            for key in STORED {
                let Ok(list) = store.get(key.as_bytes()) else {
                    continue;
                };
                for stream in references(list)? {
                    let content = self.after.objects.get(&stream)?.as_stream().ok()?;
                    only(&content.dict, STREAM)?;
                    gained.push(stream);
                }
            }
        }
        Some(gained)
    }

    /// Each new field is a document time-stamp's, of no size, drawing nothing.
    fn fields_are_invisible(&self, accounted: &mut BTreeSet<ObjectId>) -> Option<()> {
        let mut values = Vec::new();
        for id in accounted.iter().filter(|id| !self.is_stored(**id)) {
            let widget = self.new_dictionary(*id, WIDGET)?;
            let corners: Option<Vec<i64>> = widget
                .get(b"Rect")
                .ok()?
                .as_array()
                .ok()?
                .iter()
                .map(|it| it.as_i64().ok())
                .collect();
            let [left, bottom, right, top] = corners?.try_into().ok()?;
            let is_signature = widget.get(b"FT").ok()?.as_name().ok()? == b"Sig";
            if !is_signature || left != right || bottom != top {
                return None;
            }
            let value = widget.get(b"V").ok()?.as_reference().ok()?;
            let signature = self.new_dictionary(value, TIME_STAMP)?;
            let filter = signature.get(b"SubFilter").ok()?.as_name().ok()?;
            (filter == SUB_FILTER.as_bytes()).then_some(())?;
            values.push(value);
        }
        accounted.extend(values);
        Some(())
    }

    /// Whether it is the security store or one of its streams.
    fn is_stored(&self, id: ObjectId) -> bool {
        match self.after.objects.get(&id) {
            Some(Object::Stream(_)) => true,
            Some(Object::Dictionary(it)) => it
                .get(b"Type")
                .is_ok_and(|kind| kind.as_name().is_ok_and(|name| name == b"DSS")),
            _ => false,
        }
    }

    fn new_dictionary(&self, id: ObjectId, keys: &[&str]) -> Option<&Dictionary> {
        let new = !self.before.objects.contains_key(&id);
        let dictionary = self.after.objects.get(&id)?.as_dict().ok()?;
        only(dictionary, keys)?;
        self.is_plainly_written(id)?;
        new.then_some(dictionary)
    }

    /// A key written twice means one thing to one reader and another to the
    /// next: as many slashes must stand in the file as were understood.
    fn is_plainly_written(&self, id: ObjectId) -> Option<()> {
        let XrefEntry::Normal { offset, .. } = self.after.reference_table.get(id.0)? else {
            return None;
        };
        let text = self.whole.get(usize::try_from(*offset).ok()?..)?;
        let end = text.windows(6).position(|it| it == b"endobj")?;
        let written = text[..end].iter().filter(|byte| **byte == b'/').count();
        let plain = !text[..end].contains(&b'%');
        let understood = slashes(self.after.objects.get(&id)?);
        (plain && written == understood).then_some(())
    }
}

fn slashes(object: &Object) -> usize {
    let within = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'/').count();
    match object {
        Object::Name(_) => 1,
        Object::String(text, lopdf::StringFormat::Literal) => within(text),
        Object::Array(entries) => entries.iter().map(slashes).sum(),
        Object::Dictionary(entries) => entries.iter().map(|(_, value)| 1 + slashes(value)).sum(),
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::String(_, lopdf::StringFormat::Hexadecimal)
        | Object::Stream(_)
        | Object::Reference(_) => 0,
    }
}

fn only(dictionary: &Dictionary, keys: &[&str]) -> Option<()> {
    dictionary
        .iter()
        .all(|(key, _)| keys.iter().any(|known| known.as_bytes() == key))
        .then_some(())
}

fn same_but(before: &Dictionary, now: &Dictionary, but: &[&[u8]]) -> Option<()> {
    let without = |dictionary: &Dictionary| {
        let mut rest = dictionary.clone();
        for key in but {
            rest.remove(key);
        }
        rest
    };
    (without(before) == without(now)).then_some(())
}

/// What a list of references gained at its end.
fn added(before: &Dictionary, now: &Dictionary, key: &[u8]) -> Option<Vec<ObjectId>> {
    let list = |dictionary: &Dictionary| match dictionary.get(key) {
        Ok(list) => references(list),
        Err(_) => Some(Vec::new()),
    };
    let (before, now) = (list(before)?, list(now)?);
    now.strip_prefix(before.as_slice()).map(<[_]>::to_vec)
}

fn references(list: &Object) -> Option<Vec<ObjectId>> {
    let list = list.as_array().ok()?;
    list.iter().map(|it| it.as_reference().ok()).collect()
}

fn dictionary<'a>(parent: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    parent.get(key).ok()?.as_dict().ok()
}
