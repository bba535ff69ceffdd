//! One reader that is open.

use std::{
    ffi::{c_int, c_uint, c_void},
    ptr::{null, null_mut},
    sync::atomic::{AtomicBool, Ordering},
};

use fingerprint::{Answer, Hint, Maker};
use zeroize::{Zeroize, Zeroizing};

use super::{
    Cancelling,
    functions::{Array, Error, Functions, Raw},
    object::Object,
    text,
    trouble::Stopped,
};
use crate::listening::Place;

const FINGER_NEEDED: c_uint = 1;
const FINGER_PRESENT: c_uint = 2;

static GONE: AtomicBool = AtomicBool::new(false);

pub(crate) struct Reader {
    functions: &'static Functions,
    device: Object,
    /// Without it nothing would tell that the reader was unplugged.
    _context: Object,
}

/// A template in libfprint's hands.
pub(crate) struct Print(Object);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FingerStatus {
    pub(crate) needed: bool,
    pub(crate) present: bool,
}

/// What came of one look at a finger.
pub(crate) enum Looked {
    Compared { alike: bool, minutiae: usize },
    Unusable(Hint),
}

impl Reader {
    pub(super) fn open(
        functions: &'static Functions,
        context: Object,
        device: Object,
    ) -> Result<Self, Answer> {
        let mut error = null_mut();
        // SAFETY: the device is one, and is held.
        let opened =
            unsafe { (functions.fp_device_open_sync)(device.raw(), null_mut(), &raw mut error) };
        if opened == 0 {
            stopped(functions, error);
            return Err(Answer::Shut);
        }
        // SAFETY: the handler has the form of this signal's handlers.
        unsafe {
            (functions.g_signal_connect_data)(
                device.raw(),
                c"removed".as_ptr(),
                on_removed as *const c_void,
                null_mut(),
                null(),
                0,
            );
        }
        Ok(Self {
            functions,
            device,
            _context: context,
        })
    }

    /// Calls back whenever a finger comes, goes or is wanted, from now on to the end.
    pub(crate) fn on_finger(&self, tell: impl FnMut(FingerStatus) + 'static) {
        let told = Told {
            functions: self.functions,
            tell: Box::new(tell),
        };
        // SAFETY: the handler has the form of this signal's handlers, and what it is given
        // is never freed.
        unsafe {
            (self.functions.g_signal_connect_data)(
                self.device.raw(),
                c"notify::finger-status".as_ptr(),
                on_finger as *const c_void,
                Box::into_raw(Box::new(told)).cast(),
                null(),
                0,
            );
        }
    }

    pub(crate) fn is_gone(&self) -> bool {
        GONE.load(Ordering::SeqCst)
    }

    /// Until something happens.
    pub(crate) fn wait(&self) {
        // SAFETY: null is the default context, which is this thread's.
        unsafe { (self.functions.g_main_context_iteration)(null_mut(), 1) };
    }

    pub(crate) fn maker(&self) -> Maker {
        // SAFETY: the strings belong to the device and are copied at once.
        unsafe {
            Maker {
                driver: text((self.functions.fp_device_get_driver)(self.device.raw())),
                device: text((self.functions.fp_device_get_device_id)(self.device.raw())),
            }
        }
    }

    pub(crate) fn stages(&self) -> u8 {
        // SAFETY: the device is held.
        let stages = unsafe { (self.functions.fp_device_get_nr_enroll_stages)(self.device.raw()) };
        u8::try_from(stages).unwrap_or(u8::MAX)
    }

    pub(crate) fn print(&self, fp3: &[u8]) -> Option<Print> {
        let mut error = null_mut();
        // SAFETY: the bytes are copied; a print that floats is taken, so that no call may
        // take it from here.
        let print = unsafe {
            let print =
                (self.functions.fp_print_deserialize)(fp3.as_ptr(), fp3.len(), &raw mut error);
            if print.is_null() {
                stopped(self.functions, error);
                return None;
            }
            Object::owned(self.functions, (self.functions.g_object_ref_sink)(print))
        };
        print.map(Print)
    }

    /// Compares one finger; `looked` is told as soon as it is known, the end comes when the
    /// reader has settled.
    pub(crate) fn verify(
        &self,
        reference: &Print,
        place: Place,
        looked: &mut dyn FnMut(Looked),
    ) -> Result<(), Stopped> {
        let cancelling = Cancelling::begin(self.functions, place);
        let mut look = Look {
            functions: self.functions,
            looked,
        };
        let (mut alike, mut error) = (0, null_mut());
        // SAFETY: all objects are held during the call, and so is what the callback is given.
        let done = unsafe {
            (self.functions.fp_device_verify_sync)(
                self.device.raw(),
                reference.0.raw(),
                cancelling.raw(),
                on_match,
                (&raw mut look).cast(),
                &raw mut alike,
                null_mut(),
                &raw mut error,
            )
        };
        match done {
            0 => Err(stopped(self.functions, error)),
            _ => Ok(()),
        }
    }

    /// Looks at a finger several times; answers libfprint's template.
    pub(crate) fn enroll(
        &self,
        place: Place,
        progress: &mut dyn FnMut(u8, Option<Hint>),
    ) -> Result<Zeroizing<Vec<u8>>, Stopped> {
        let cancelling = Cancelling::begin(self.functions, place);
        let mut stages = Stages {
            functions: self.functions,
            progress,
        };
        let mut error = null_mut();
        // SAFETY: all objects are held during the call, and so is what the callback is given;
        // the new print floats, and the call takes it.
        let print = unsafe {
            let print = (self.functions.fp_device_enroll_sync)(
                self.device.raw(),
                (self.functions.fp_print_new)(self.device.raw()),
                cancelling.raw(),
                on_progress,
                (&raw mut stages).cast(),
                &raw mut error,
            );
            Object::owned(self.functions, print)
        };
        let Some(print) = print else {
            return Err(stopped(self.functions, error));
        };
        let (mut bytes, mut length) = (null_mut(), 0);
        // SAFETY: on success the bytes are so many and to be freed here.
        unsafe {
            let serialize = self.functions.fp_print_serialize;
            if serialize(print.raw(), &raw mut bytes, &raw mut length, &raw mut error) == 0 {
                return Err(stopped(self.functions, error));
            }
            let fp3 = std::slice::from_raw_parts_mut(bytes, length);
            let copy = Zeroizing::new(fp3.to_vec());
            fp3.zeroize();
            (self.functions.g_free)(bytes.cast());
            Ok(copy)
        }
    }
}

struct Told {
    functions: &'static Functions,
    tell: Box<dyn FnMut(FingerStatus)>,
}

struct Look<'a> {
    functions: &'static Functions,
    looked: &'a mut dyn FnMut(Looked),
}

struct Stages<'a> {
    functions: &'static Functions,
    progress: &'a mut dyn FnMut(u8, Option<Hint>),
}

unsafe extern "C" fn on_removed(_device: Raw, _data: *mut c_void) {
    GONE.store(true, Ordering::SeqCst);
}

unsafe extern "C" fn on_finger(device: Raw, _property: *mut c_void, data: *mut c_void) {
    // SAFETY: the data is what `Reader::on_finger` gave, of which nobody else knows.
    unsafe {
        if let Some(told) = data.cast::<Told>().as_mut() {
            let status = (told.functions.fp_device_get_finger_status)(device);
            (told.tell)(FingerStatus {
                needed: status & FINGER_NEEDED != 0,
                present: status & FINGER_PRESENT != 0,
            });
        }
    }
}

unsafe extern "C" fn on_match(
    _device: Raw,
    matched: Raw,
    print: Raw,
    data: *mut c_void,
    error: *const Error,
) {
    // SAFETY: the data is what `Reader::verify` gave; the print and its image stay as they
    // are during the call.
    unsafe {
        let Some(look) = data.cast::<Look>().as_mut() else {
            return;
        };
        let looked = match error.as_ref() {
            Some(error) => match Stopped::by(look.functions, Some(error)) {
                Stopped::Unusable(hint) => Looked::Unusable(hint),
                Stopped::Cancelled | Stopped::Trouble(_) => return,
            },
            None => Looked::Compared {
                alike: !matched.is_null(),
                minutiae: minutiae(look.functions, print),
            },
        };
        (look.looked)(looked);
    }
}

unsafe extern "C" fn on_progress(
    _device: Raw,
    done: c_int,
    _print: Raw,
    data: *mut c_void,
    error: *const Error,
) {
    // SAFETY: the data is what `Reader::enroll` gave.
    unsafe {
        let Some(stages) = data.cast::<Stages>().as_mut() else {
            return;
        };
        let hint = match error
            .as_ref()
            .map(|it| Stopped::by(stages.functions, Some(it)))
        {
            None => None,
            Some(Stopped::Unusable(hint)) => Some(hint),
            Some(Stopped::Cancelled | Stopped::Trouble(_)) => return,
        };
        (stages.progress)(u8::try_from(done).unwrap_or(u8::MAX), hint);
    }
}

/// # Safety
/// It is null or a print.
unsafe fn minutiae(functions: &Functions, print: Raw) -> usize {
    if print.is_null() {
        return 0;
    }
    // SAFETY: as promised; the image and its minutiae belong to the print.
    unsafe {
        let image = (functions.fp_print_get_image)(print);
        if image.is_null() {
            // A reader that compares by itself shows none, and judged it.
            return usize::MAX;
        }
        Array::items((functions.fp_image_get_minutiae)(image)).len()
    }
}

/// What an error that was answered says; it is freed.
fn stopped(functions: &Functions, error: *mut Error) -> Stopped {
    // SAFETY: it is null or an error that nobody else has.
    unsafe {
        let stopped = Stopped::by(functions, error.as_ref());
        if !error.is_null() {
            (functions.g_error_free)(error);
        }
        stopped
    }
}
