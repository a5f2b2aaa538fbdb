// codira_analyzer.rs: codira_analyzer.h for Rust.
//
// The same names, numbers and layouts as in the header, which says what each means, who owns what, and on which
// thread a function is called. It needs Rust 1.56 and its standard library. A build script finds this file with
// `pkg-config --variable=rustdir codira-analyzer`, or beside the `codira` on PATH; then
//
//     #[allow(dead_code, non_camel_case_types)]
//     mod codira {
//         include!(env!("CODIRA_ANALYZER_RS"));
//     }

use std::os::raw::{c_char, c_void};

/// A literal as a string.
pub const fn text(literal: &'static str) -> codira_string {
    codira_string { data: literal.as_ptr(), length: literal.len() }
}

/// Bytes as a string, which is valid as long as they are.
pub fn borrow(bytes: &[u8]) -> codira_string {
    codira_string { data: bytes.as_ptr(), length: bytes.len() }
}

impl codira_string {
    /// The bytes of a string that the host handed over.
    ///
    /// # Safety
    /// The string must be valid for as long as the bytes are used: see the header.
    pub unsafe fn bytes<'a>(&self) -> &'a [u8] {
        if self.length == 0 {
            return &[];
        }
        std::slice::from_raw_parts(self.data, self.length)
    }
}

/// The analyzer's own.
#[repr(C)]
pub struct codira_instance {
    _private: [u8; 0],
}

/// An artifact with its size, and all else empty: `codira_symbol { kind, ..Default::default() }`.
macro_rules! empty_artifact {
    ($($name:ident),*) => {
        $(impl Default for $name {
            fn default() -> Self {
                // Numbers, pointers and strings alone: zero is empty.
                let mut value: Self = unsafe { std::mem::zeroed() };
                value.size = std::mem::size_of::<Self>();
                value
            }
        })*
    };
}

empty_artifact!(codira_symbol, codira_reference, codira_documentation, codira_diagnostic);

pub const CODIRA_ABI_VERSION: u32 = 1;
pub const CODIRA_ABI_OLDEST: u32 = 1;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct codira_string {
    pub data: *const u8,
    pub length: usize,
}

#[repr(C)]
#[derive(Clone, Copy, Default)]
pub struct codira_position {
    pub offset: u32,
    pub line: u32,
    pub column: u32,
}

#[repr(C)]
#[derive(Clone, Copy, Default)]
pub struct codira_range {
    pub start: codira_position,
    pub end: codira_position,
}

#[repr(C)]
#[derive(Clone, Copy, Default)]
pub struct codira_span {
    pub start: u32,
    pub end: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct codira_candidate {
    pub root: codira_string,
    pub members: *const codira_string,
    pub member_count: u32,
    pub flags: u32,
}

pub const CODIRA_MAX_MEMBERS: u32 = 16;

pub const CODIRA_STEP_ELEMENT: codira_string = text("[]");
pub const CODIRA_STEP_KEY: codira_string = text("[k]");
pub const CODIRA_STEP_CALL: codira_string = text("()");
pub const CODIRA_STEP_DEREFERENCE: codira_string = text("*");
pub const CODIRA_STEP_PARAMETER: codira_string = text("#p");
pub const CODIRA_STEP_CONSTRUCTOR: codira_string = text("new");

pub const CODIRA_CANDIDATE_OPEN_PARAMETERS: u32 = 1;
pub const CODIRA_CANDIDATE_EXTERNAL: u32 = 2;
pub const CODIRA_CANDIDATE_RECEIVER: u32 = 4;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct codira_value_entry {
    pub path: *const codira_string,
    pub candidates: *const codira_candidate,
    pub path_count: u32,
    pub candidate_count: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct codira_argument {
    pub candidates: *const codira_candidate,
    pub candidate_count: u32,
    pub reserved: u32,
}

pub const CODIRA_ARGUMENT_NULL: codira_string = text(";null");
pub const CODIRA_ARGUMENT_LAMBDA: codira_string = text(";lambda ");
pub const CODIRA_ARGUMENT_FORM: codira_string = text(";as:");
pub const CODIRA_ARGUMENT_RECEIVER: codira_string = text(";of:");

#[repr(C)]
#[derive(Clone, Copy)]
pub struct codira_conversion {
    pub from: codira_string,
    pub to: codira_string,
    pub phase: u32,
    pub reserved: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct codira_project_interest {
    pub pattern: codira_string,
    pub r#match: u32,
    pub bytes: u32,
}

pub const CODIRA_MATCH_NAME: u32 = 0;
pub const CODIRA_MATCH_SUFFIX: u32 = 1;

pub const CODIRA_KIND_MODULE: u32 = 1;
pub const CODIRA_KIND_NAMESPACE: u32 = 2;
pub const CODIRA_KIND_CLASS: u32 = 3;
pub const CODIRA_KIND_STRUCT: u32 = 4;
pub const CODIRA_KIND_INTERFACE: u32 = 5;
pub const CODIRA_KIND_TRAIT: u32 = 6;
pub const CODIRA_KIND_ENUM: u32 = 7;
pub const CODIRA_KIND_UNION: u32 = 8;
pub const CODIRA_KIND_TYPE_ALIAS: u32 = 9;
pub const CODIRA_KIND_FUNCTION: u32 = 10;
pub const CODIRA_KIND_METHOD: u32 = 11;
pub const CODIRA_KIND_CONSTRUCTOR: u32 = 12;
pub const CODIRA_KIND_PROPERTY: u32 = 13;
pub const CODIRA_KIND_FIELD: u32 = 14;
pub const CODIRA_KIND_ENUMERATOR: u32 = 15;
pub const CODIRA_KIND_CONSTANT: u32 = 16;
pub const CODIRA_KIND_VARIABLE: u32 = 17;
pub const CODIRA_KIND_MACRO: u32 = 18;
pub const CODIRA_KIND_IMPORT: u32 = 19;
pub const CODIRA_KIND_SECTION: u32 = 20;
pub const CODIRA_KIND_KEY: u32 = 21;
pub const CODIRA_KIND_EXTENSION: u32 = 22;

pub const CODIRA_VISIBILITY_UNKNOWN: u32 = 0;
pub const CODIRA_VISIBILITY_PUBLIC: u32 = 1;
pub const CODIRA_VISIBILITY_PROTECTED: u32 = 2;
pub const CODIRA_VISIBILITY_INTERNAL: u32 = 3;
pub const CODIRA_VISIBILITY_PRIVATE: u32 = 4;

pub const CODIRA_SYMBOL_TEST: u32 = 1;
pub const CODIRA_SYMBOL_DEPRECATED: u32 = 2;
pub const CODIRA_SYMBOL_GENERATED: u32 = 4;
pub const CODIRA_SYMBOL_DECLARATION_ONLY: u32 = 8;
pub const CODIRA_SYMBOL_LOCAL: u32 = 16;
pub const CODIRA_SYMBOL_STATIC: u32 = 32;
pub const CODIRA_SYMBOL_ABSTRACT: u32 = 64;
pub const CODIRA_SYMBOL_ASYNC: u32 = 128;
pub const CODIRA_SYMBOL_WILDCARD: u32 = 256;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct codira_symbol {
    pub size: usize,
    pub kind: u32,
    pub visibility: u32,
    pub flags: u32,
    pub parameters_min: i32,
    pub parameters_max: i32,
    pub alias_count: u32,
    pub id: codira_string,
    pub parent: codira_string,
    pub name: codira_string,
    pub qualified_name: codira_string,
    pub signature: codira_string,
    pub documentation: codira_string,
    pub range: codira_range,
    pub name_range: codira_range,
    pub aliases: *const codira_candidate,
    pub value_types: *const codira_value_entry,
    pub payload: *const codira_span,
    pub value_type_count: u32,
    pub payload_count: u32,
}

pub const CODIRA_ROLE_CALL: u32 = 1;
pub const CODIRA_ROLE_TYPE_USE: u32 = 2;
pub const CODIRA_ROLE_INHERITS: u32 = 3;
pub const CODIRA_ROLE_IMPLEMENTS: u32 = 4;
pub const CODIRA_ROLE_CALLABLE_VALUE: u32 = 5;
pub const CODIRA_ROLE_IMPORTS: u32 = 6;

pub const CODIRA_EXTERNAL_NONE: u32 = 0;
pub const CODIRA_EXTERNAL_BUILTIN: u32 = 1;
pub const CODIRA_EXTERNAL_STANDARD_LIBRARY: u32 = 2;
pub const CODIRA_EXTERNAL_SYSTEM_HEADER: u32 = 3;
pub const CODIRA_EXTERNAL_DEPENDENCY: u32 = 4;

pub const CODIRA_REFERENCE_NO_NAME: u32 = 1;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct codira_reference {
    pub size: usize,
    pub role: u32,
    pub flags: u32,
    pub argument_count: i32,
    pub external_kind: u32,
    pub owner: codira_string,
    pub name: codira_string,
    pub receiver: codira_string,
    pub external: codira_string,
    pub range: codira_range,
    pub candidates: *const codira_candidate,
    pub labels: *const codira_string,
    pub arguments: *const codira_argument,
    pub candidate_count: u32,
    pub label_count: u32,
    pub argument_type_count: u32,
    pub reserved: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct codira_documentation {
    pub size: usize,
    pub id: codira_string,
    pub owner: codira_string,
    pub format: codira_string,
    pub text: codira_string,
    pub range: codira_range,
    pub headings: *const codira_string,
    pub heading_count: u32,
    pub reserved: u32,
}

pub const CODIRA_SEVERITY_NOTE: u32 = 1;
pub const CODIRA_SEVERITY_WARNING: u32 = 2;
pub const CODIRA_SEVERITY_ERROR: u32 = 3;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct codira_diagnostic {
    pub size: usize,
    pub severity: u32,
    pub reserved: u32,
    pub code: codira_string,
    pub message: codira_string,
    pub range: codira_range,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct codira_source {
    pub size: usize,
    pub path: codira_string,
    pub bytes: *const u8,
    pub byte_count: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct codira_project_file {
    pub size: usize,
    pub path: codira_string,
    pub bytes: *const u8,
    pub byte_count: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct codira_project {
    pub size: usize,
    pub files: *const *const codira_project_file,
    pub file_count: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct codira_sink {
    pub size: usize,
    pub context: *mut c_void,
    pub symbol: unsafe extern "C" fn(context: *mut c_void, symbol: *const codira_symbol),
    pub reference: unsafe extern "C" fn(context: *mut c_void, reference: *const codira_reference),
    pub documentation: unsafe extern "C" fn(context: *mut c_void, documentation: *const codira_documentation),
    pub diagnostic: unsafe extern "C" fn(context: *mut c_void, diagnostic: *const codira_diagnostic),
    pub message: unsafe extern "C" fn(context: *mut c_void, message: codira_string),
    pub should_stop: unsafe extern "C" fn(context: *mut c_void) -> i32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct codira_host {
    pub size: usize,
    pub abi_version: u32,
    pub reserved: u32,
    pub name: codira_string,
    pub version: codira_string,
    pub extension: unsafe extern "C" fn(id: *const c_char) -> *const c_void,
}

pub const CODIRA_RESULT_OK: i32 = 0;
pub const CODIRA_RESULT_PARTIAL: i32 = 1;
pub const CODIRA_RESULT_NOT_MINE: i32 = 2;
pub const CODIRA_RESULT_FAILED: i32 = 3;

pub const CODIRA_CAPABILITY_MODULE: u32 = 1;
pub const CODIRA_CAPABILITY_TYPE: u32 = 2;
pub const CODIRA_CAPABILITY_CALLABLE: u32 = 4;
pub const CODIRA_CAPABILITY_IMPORT: u32 = 8;
pub const CODIRA_CAPABILITY_CONSTANT: u32 = 16;
pub const CODIRA_CAPABILITY_VARIABLE: u32 = 32;
pub const CODIRA_CAPABILITY_NAMESPACE: u32 = 64;
pub const CODIRA_CAPABILITY_DOCUMENTATION: u32 = 128;

pub const CODIRA_TRAIT_C3: u32 = 1;
pub const CODIRA_TRAIT_CONSTRUCTOR_CALLS: u32 = 2;
pub const CODIRA_TRAIT_OVERLOADS: u32 = 4;

pub const CODIRA_THREADS_ONE_INSTANCE: u32 = 0;
pub const CODIRA_THREADS_INDEPENDENT: u32 = 1;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct codira_analyzer {
    pub size: usize,
    pub abi_version: u32,
    pub capabilities: u32,
    pub traits: u32,
    pub threads: u32,
    pub grammar_abi: u32,
    pub reserved: u32,
    pub largest_file: u64,
    pub id: codira_string,
    pub version: codira_string,
    pub grammar_name: codira_string,
    pub grammar_version: codira_string,
    pub configuration_schema: codira_string,
    pub languages: *const codira_string,
    pub suffixes: *const codira_string,
    pub file_names: *const codira_string,
    pub interpreters: *const codira_string,
    pub project_interests: *const codira_project_interest,
    pub conversions: *const codira_conversion,
    pub language_count: u32,
    pub suffix_count: u32,
    pub file_name_count: u32,
    pub interpreter_count: u32,
    pub project_interest_count: u32,
    pub conversion_count: u32,
    pub create: unsafe extern "C" fn(
        host: *const codira_host,
        configuration: codira_string,
        project: *const codira_project,
        reason: *mut codira_string,
    ) -> *mut codira_instance,
    pub analyze: unsafe extern "C" fn(
        instance: *mut codira_instance,
        source: *const codira_source,
        sink: *const codira_sink,
    ) -> i32,
    pub destroy: unsafe extern "C" fn(instance: *mut codira_instance),
    pub extension: Option<unsafe extern "C" fn(id: *const c_char) -> *const c_void>,
    pub suffix_languages: *const codira_string,
}

// The descriptor is static and points to static texts alone.
unsafe impl Sync for codira_analyzer {}
unsafe impl Sync for codira_string {}

/// The descriptor of an analyzer that says nothing yet.
pub const fn analyzer(
    id: &'static str,
    version: &'static str,
    create: unsafe extern "C" fn(
        *const codira_host,
        codira_string,
        *const codira_project,
        *mut codira_string,
    ) -> *mut codira_instance,
    analyze: unsafe extern "C" fn(*mut codira_instance, *const codira_source, *const codira_sink) -> i32,
    destroy: unsafe extern "C" fn(*mut codira_instance),
) -> codira_analyzer {
    codira_analyzer {
        size: std::mem::size_of::<codira_analyzer>(),
        abi_version: CODIRA_ABI_VERSION,
        capabilities: 0,
        traits: 0,
        threads: CODIRA_THREADS_ONE_INSTANCE,
        grammar_abi: 0,
        reserved: 0,
        largest_file: 0,
        id: text(id),
        version: text(version),
        grammar_name: text(""),
        grammar_version: text(""),
        configuration_schema: text(""),
        languages: std::ptr::null(),
        suffixes: std::ptr::null(),
        file_names: std::ptr::null(),
        interpreters: std::ptr::null(),
        project_interests: std::ptr::null(),
        conversions: std::ptr::null(),
        language_count: 0,
        suffix_count: 0,
        file_name_count: 0,
        interpreter_count: 0,
        project_interest_count: 0,
        conversion_count: 0,
        create,
        analyze,
        destroy,
        extension: None,
        suffix_languages: std::ptr::null(),
    }
}
