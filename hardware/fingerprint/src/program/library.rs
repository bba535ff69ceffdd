//! libfprint, found when it is needed: the one module that calls C.
//!
//! A machine without a fingerprint reader needs no libfprint, neither to build nor to run.
//! All but [`cancel_before`] and [`wake`] is for the main thread alone, whose GLib context
//! libfprint's blocking calls turn.
#![allow(unsafe_code)]

mod functions;
mod object;
mod reader;
mod trouble;

use std::{
    ffi::{CStr, c_char, c_int, c_void},
    ptr::null_mut,
    sync::{
        OnceLock,
        atomic::{AtomicPtr, AtomicU64, Ordering},
    },
};

use fingerprint::Answer;

use functions::{Array, Functions};
use object::Object;
pub(crate) use reader::{FingerStatus, Looked, Print, Reader};
pub(crate) use trouble::{Stopped, Trouble};

use crate::listening::Place;

const NAME: &str = "libfprint-2.so.2";

static FUNCTIONS: OnceLock<Functions> = OnceLock::new();
/// What can be cancelled just now, and at which place it was asked for.
static CANCELLABLE: AtomicPtr<c_void> = AtomicPtr::new(null_mut());
static PLACE: AtomicU64 = AtomicU64::new(0);

#[derive(Clone, Copy)]
pub(crate) struct Library(&'static Functions);

impl Library {
    pub(crate) fn load() -> Option<Self> {
        if FUNCTIONS.get().is_none() {
            // SAFETY: what it runs while it is loaded is GLib's set-up, and the declared
            // functions are those of libfprint 1.94, whose interface is stable within `.so.2`.
            let functions = unsafe { Functions::load(NAME) }.ok()?;
            let _ = FUNCTIONS.set(functions);
        }
        FUNCTIONS.get().map(Self)
    }

    /// The only reader of this driver, opened.
    pub(crate) fn find(self, driver: &str) -> Result<Reader, Answer> {
        let functions = self.0;
        // SAFETY: the context is owned; the array and what is in it belong to the context,
        // and the chosen device is referenced before the context can be dropped.
        unsafe {
            let context = Object::owned(functions, (functions.fp_context_new)());
            let context = context.ok_or(Answer::NoReader)?;
            (functions.fp_context_enumerate)(context.raw());
            let devices = (functions.fp_context_get_devices)(context.raw());
            let mut meant = None;
            for device in Array::items(devices) {
                if text((functions.fp_device_get_driver)(*device)) != driver {
                    continue;
                }
                // A finger is not wanted where nobody was asked to put it.
                if meant.replace(*device).is_some() {
                    return Err(Answer::NoReader);
                }
            }
            let device = meant.ok_or(Answer::NoReader)?;
            let device = Object::owned(functions, (functions.g_object_ref)(device));
            Reader::open(functions, context, device.ok_or(Answer::NoReader)?)
        }
    }
}

/// Breaks off what was asked for before this place; for any thread.
pub(crate) fn cancel_before(place: Place) {
    if let Some(functions) = FUNCTIONS.get() {
        // The place travels as the pointer that it is for GLib.
        let place = null_mut::<c_void>().wrapping_byte_add(usize::try_from(place).unwrap_or(0));
        // SAFETY: the callback is called in the main thread and takes this number.
        unsafe { (functions.g_idle_add)(on_cancel, place) };
    }
}

/// Ends a wait of the main thread; for any thread.
pub(crate) fn wake() {
    if let Some(functions) = FUNCTIONS.get() {
        // SAFETY: null is the default context, and waking is for any thread.
        unsafe { (functions.g_main_context_wakeup)(null_mut()) };
    }
}

unsafe extern "C" fn on_cancel(place: *mut c_void) -> c_int {
    let cancellable = CANCELLABLE.load(Ordering::SeqCst);
    let before = PLACE.load(Ordering::SeqCst) < place.addr() as Place;
    if let (false, true, Some(functions)) = (cancellable.is_null(), before, FUNCTIONS.get()) {
        // SAFETY: it is of the call in which the main thread is, see `Cancelling`.
        unsafe { (functions.g_cancellable_cancel)(cancellable) };
    }
    0
}

/// While it is there a call can be cancelled with it.
struct Cancelling(Option<Object>);

impl Cancelling {
    fn begin(functions: &'static Functions, place: Place) -> Self {
        // SAFETY: it makes an object that is owned here.
        let cancellable = unsafe { Object::owned(functions, (functions.g_cancellable_new)()) };
        PLACE.store(place, Ordering::SeqCst);
        let raw = cancellable.as_ref().map_or(null_mut(), Object::raw);
        CANCELLABLE.store(raw, Ordering::SeqCst);
        Self(cancellable)
    }

    fn raw(&self) -> *mut c_void {
        self.0.as_ref().map_or(null_mut(), Object::raw)
    }
}

impl Drop for Cancelling {
    fn drop(&mut self) {
        CANCELLABLE.store(null_mut(), Ordering::SeqCst);
    }
}

/// # Safety
/// It is null or a string that ends.
unsafe fn text(text: *const c_char) -> String {
    if text.is_null() {
        return String::new();
    }
    // SAFETY: as promised.
    let text = unsafe { CStr::from_ptr(text) };
    text.to_string_lossy().into_owned()
}
