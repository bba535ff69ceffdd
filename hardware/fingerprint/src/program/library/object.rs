//! An object of GObject that is held here.

use super::functions::{Functions, Raw};

pub(super) struct Object {
    functions: &'static Functions,
    raw: Raw,
}

impl Object {
    /// # Safety
    /// It is null, or an object with a reference that is this one's from now on.
    pub(super) unsafe fn owned(functions: &'static Functions, raw: Raw) -> Option<Self> {
        (!raw.is_null()).then_some(Self { functions, raw })
    }

    pub(super) fn raw(&self) -> Raw {
        self.raw
    }
}

impl Drop for Object {
    fn drop(&mut self) {
        // SAFETY: the reference is this one's.
        unsafe { (self.functions.g_object_unref)(self.raw) };
    }
}
