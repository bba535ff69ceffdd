//! The functions of libfprint and of GLib, on which it leans, by their names.

use std::ffi::{c_char, c_int, c_uint, c_ulong, c_void};

/// An object of GObject.
pub(super) type Raw = *mut c_void;
pub(super) type OnMatch = unsafe extern "C" fn(Raw, Raw, Raw, *mut c_void, *const Error);
pub(super) type OnProgress = unsafe extern "C" fn(Raw, c_int, Raw, *mut c_void, *const Error);
pub(super) type OnIdle = unsafe extern "C" fn(*mut c_void) -> c_int;

/// `GError`.
#[repr(C)]
pub(super) struct Error {
    pub(super) domain: u32,
    pub(super) code: c_int,
    message: *mut c_char,
}

/// `GPtrArray`, as far as it is public.
#[repr(C)]
pub(super) struct Array {
    items: *const Raw,
    length: c_uint,
}

impl Array {
    /// # Safety
    /// The array is null or a `GPtrArray` that stays as it is for as long as the items are used.
    pub(super) unsafe fn items<'a>(array: *const Self) -> &'a [Raw] {
        // SAFETY: as promised; an empty array may have no items to point to.
        unsafe {
            match array.as_ref() {
                Some(array) if !array.items.is_null() => {
                    std::slice::from_raw_parts(array.items, array.length as usize)
                }
                Some(_) | None => &[],
            }
        }
    }
}

macro_rules! functions {
    ($($name:ident: ($($argument:ty),*) $(-> $answer:ty)?;)*) => {
        pub(super) struct Functions {
            $(pub(super) $name: unsafe extern "C" fn($($argument),*) $(-> $answer)?,)*
            /// They are there as long as it is.
            _library: libloading::Library,
        }

        impl Functions {
            /// # Safety
            /// The library of this name has functions of these names with these types.
            pub(super) unsafe fn load(name: &str) -> Result<Self, libloading::Error> {
                // SAFETY: as promised.
                unsafe {
                    let library = libloading::Library::new(name)?;
                    Ok(Self {
                        $($name: *library.get(stringify!($name).as_bytes())?,)*
                        _library: library,
                    })
                }
            }
        }
    };
}

functions! {
    fp_context_new: () -> Raw;
    fp_context_enumerate: (Raw);
    fp_context_get_devices: (Raw) -> *const Array;
    fp_device_get_driver: (Raw) -> *const c_char;
    fp_device_get_device_id: (Raw) -> *const c_char;
    fp_device_get_nr_enroll_stages: (Raw) -> c_int;
    fp_device_get_finger_status: (Raw) -> c_uint;
    fp_device_open_sync: (Raw, Raw, *mut *mut Error) -> c_int;
    fp_device_verify_sync: (Raw, Raw, Raw, OnMatch, *mut c_void, *mut c_int, *mut Raw, *mut *mut Error) -> c_int;
    fp_device_enroll_sync: (Raw, Raw, Raw, OnProgress, *mut c_void, *mut *mut Error) -> Raw;
    fp_device_error_quark: () -> u32;
    fp_device_retry_quark: () -> u32;
    fp_print_new: (Raw) -> Raw;
    fp_print_serialize: (Raw, *mut *mut u8, *mut usize, *mut *mut Error) -> c_int;
    fp_print_deserialize: (*const u8, usize, *mut *mut Error) -> Raw;
    fp_print_get_image: (Raw) -> Raw;
    fp_image_get_minutiae: (Raw) -> *const Array;
    g_cancellable_new: () -> Raw;
    g_cancellable_cancel: (Raw);
    g_error_free: (*mut Error);
    g_free: (*mut c_void);
    g_idle_add: (OnIdle, *mut c_void) -> c_uint;
    g_io_error_quark: () -> u32;
    g_main_context_iteration: (*mut c_void, c_int) -> c_int;
    g_main_context_wakeup: (*mut c_void);
    g_object_ref: (Raw) -> Raw;
    g_object_ref_sink: (Raw) -> Raw;
    g_object_unref: (Raw);
    g_signal_connect_data: (Raw, *const c_char, *const c_void, *mut c_void, *const c_void, c_uint) -> c_ulong;
}
