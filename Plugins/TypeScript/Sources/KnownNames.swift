import CodiraAnalyzerKit

/// Names that mean something outside the repository unless it defines them itself.
struct KnownNames {
  let globals: Set<Text>
  let types: Set<Text>
  /// Members of the library's own types: one of an unknown receiver is most likely theirs.
  let members: Set<Text>
  let nodeModules: Set<Text>

  init() {
    globals = KnownNames.words(KnownNames.globalNames)
    types = KnownNames.words(KnownNames.typeNames)
    members = KnownNames.words(KnownNames.memberNames)
    nodeModules = KnownNames.words(KnownNames.nodeModuleNames)
  }

  private static func words(_ text: StaticString) -> Set<Text> {
    Set(
      Text(stringLiteral: text).split(at: "\n").flatMap { $0.split(at: " ") }.filter { !$0.isEmpty }
    )
  }

  /// Values that ECMAScript, Node and browsers define everywhere.
  private static let globalNames: StaticString = """
    AbortController AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Blob
    Boolean Buffer DOMMatrix DOMParser DataView Date Error EvalError Event EventTarget File FileReader
    FinalizationRegistry Float32Array Float64Array FormData Function Headers Image ImageData Infinity
    Int16Array Int32Array Int8Array Intl JSON Map Math MessageChannel MutationObserver NaN Number Object
    OffscreenCanvas Path2D Promise Proxy RangeError ReadableStream ReferenceError Reflect RegExp Request
    ResizeObserver Response Set SharedArrayBuffer String Symbol SyntaxError TextDecoder TextEncoder
    TypeError URIError URL URLSearchParams Uint16Array Uint32Array Uint8Array Uint8ClampedArray
    WeakMap WeakRef WeakSet WebSocket Worker XMLHttpRequest __dirname __filename arguments clearInterval
    clearTimeout console decodeURI decodeURIComponent document encodeURI encodeURIComponent escape eval
    exports fetch global globalThis isFinite isNaN location module navigator parseFloat parseInt
    performance process queueMicrotask require self setImmediate setInterval setTimeout structuredClone
    undefined unescape window
    """

  /// Types of the ECMAScript library.
  private static let typeNames: StaticString = """
    AggregateError AggregateErrorConstructor Array ArrayBuffer ArrayBufferConstructor ArrayBufferLike
    ArrayBufferTypes ArrayBufferView ArrayConstructor ArrayLike AsyncGenerator AsyncGeneratorFunction
    AsyncGeneratorFunctionConstructor AsyncIterable AsyncIterableIterator AsyncIterator Atomics Awaited
    BigInt BigInt64Array BigInt64ArrayConstructor BigIntConstructor BigIntToLocaleStringOptions
    BigUint64Array BigUint64ArrayConstructor Boolean BooleanConstructor CallableFunction Capitalize
    ClassDecorator ConcatArray ConstructorParameters DataView DataViewConstructor Date DateConstructor
    Error ErrorConstructor ErrorOptions EvalError EvalErrorConstructor Exclude Extract
    FinalizationRegistry FinalizationRegistryConstructor FlatArray Float32Array Float32ArrayConstructor
    Float64Array Float64ArrayConstructor Function FunctionConstructor Generator GeneratorFunction
    GeneratorFunctionConstructor IArguments ImportAssertions ImportCallOptions ImportMeta InstanceType
    Int16Array Int16ArrayConstructor Int32Array Int32ArrayConstructor Int8Array Int8ArrayConstructor
    Iterable IterableIterator Iterator IteratorResult IteratorReturnResult IteratorYieldResult JSON
    Lowercase Map MapConstructor Math MethodDecorator NewableFunction NonNullable Number
    NumberConstructor Object ObjectConstructor Omit OmitThisParameter ParameterDecorator Parameters
    Partial Pick Promise PromiseConstructor PromiseConstructorLike PromiseFulfilledResult PromiseLike
    PromiseRejectedResult PromiseSettledResult PropertyDecorator PropertyDescriptor
    PropertyDescriptorMap PropertyKey ProxyConstructor ProxyHandler RangeError RangeErrorConstructor
    Readonly ReadonlyArray ReadonlyMap ReadonlySet Record ReferenceError ReferenceErrorConstructor
    RegExp RegExpConstructor RegExpExecArray RegExpMatchArray Required ReturnType Set SetConstructor
    SharedArrayBuffer SharedArrayBufferConstructor String StringConstructor Symbol SymbolConstructor
    SyntaxError SyntaxErrorConstructor TemplateStringsArray ThisParameterType ThisType TypeError
    TypeErrorConstructor TypedPropertyDescriptor URIError URIErrorConstructor Uint16Array
    Uint16ArrayConstructor Uint32Array Uint32ArrayConstructor Uint8Array Uint8ArrayConstructor
    Uint8ClampedArray Uint8ClampedArrayConstructor Uncapitalize Uppercase WeakMap WeakMapConstructor
    WeakRef WeakRefConstructor WeakSet WeakSetConstructor
    """

  /// Members of the ECMAScript library's types, and the most frequent ones of pages, streams and emitters.
  private static let memberNames: StaticString = """
    ArrayBuffer BYTES_PER_ELEMENT E EPSILON LN10 LN2 LOG10E LOG2E MAX_SAFE_INTEGER MAX_VALUE
    MIN_SAFE_INTEGER MIN_VALUE NEGATIVE_INFINITY NaN PI POSITIVE_INFINITY SQRT1_2 SQRT2
    SharedArrayBuffer UTC abs acos acosh add addEventListener all allSettled anchor and any appendChild
    apply arguments asIntN asUintN asin asinh assert assign asyncIterator at atan atan2 atanh big bind
    blink blur bold buffer byteLength byteOffset call callee caller catch cause cbrt ceil charAt
    charCodeAt clear close clz32 codePointAt compactDisplay compareExchange compile concat configurable
    construct constructor copyWithin cos cosh create createElement currency currencyDisplay debug
    defineProperties defineProperty delete deleteProperty deref description done dotAll emit end
    endsWith entries enumerable error errors every exchange exec exp expm1 fill filter finally find
    findIndex fixed flags flat flatMap floor focus fontcolor fontsize for forEach freeze from
    fromCharCode fromCodePoint fromEntries fround get getAttribute getBigInt64 getBigUint64 getDate
    getDay getElementById getFloat32 getFloat64 getFullYear getHours getInt16 getInt32 getInt8
    getMilliseconds getMinutes getMonth getOwnPropertyDescriptor getOwnPropertyDescriptors
    getOwnPropertyNames getOwnPropertySymbols getPrototypeOf getSeconds getTime getTimezoneOffset
    getUTCDate getUTCDay getUTCFullYear getUTCHours getUTCMilliseconds getUTCMinutes getUTCMonth
    getUTCSeconds getUint16 getUint32 getUint8 global groups has hasInstance hasOwn hasOwnProperty hypot
    ignoreCase imul includes index indexOf info input is isArray isConcatSpreadable isExtensible
    isFinite isFrozen isInteger isLockFree isNaN isPrototypeOf isSafeInteger isSealed isView italics
    iterator join keyFor keys lastIndex lastIndexOf lastMatch lastParen leftContext length link load
    localeCompare localeMatcher log log10 log1p log2 map match matchAll max maximumFractionDigits
    maximumSignificantDigits message min minimumFractionDigits minimumIntegerDigits
    minimumSignificantDigits multiline name next normalize notation notify now numberingSystem of off on
    once or ownKeys padEnd padStart parse parseFloat parseInt pipe pop pow preventDefault
    preventExtensions propertyIsEnumerable prototype push querySelector querySelectorAll race random raw
    read reason reduce reduceRight register reject remove removeChild removeEventListener repeat replace
    replaceAll resolve return reverse revocable rightContext round seal search set setAttribute
    setBigInt64 setBigUint64 setDate setFloat32 setFloat64 setFullYear setHours setInt16 setInt32
    setInt8 setMilliseconds setMinutes setMonth setPrototypeOf setSeconds setTime setUTCDate
    setUTCFullYear setUTCHours setUTCMilliseconds setUTCMinutes setUTCMonth setUTCSeconds setUint16
    setUint32 setUint8 shift sign sin sinh size slice small some sort source species splice split sqrt
    stack startsWith status sticky stopPropagation store strike stringify style sub subarray substr
    substring sup tan tanh test then throw toDateString toExponential toFixed toISOString toJSON
    toLocaleDateString toLocaleLowerCase toLocaleString toLocaleTimeString toLocaleUpperCase toLowerCase
    toPrecision toPrimitive toString toStringTag toTimeString toUTCString toUpperCase trim trimEnd
    trimLeft trimRight trimStart trunc unicode unit unitDisplay unregister unscopables unshift
    useGrouping value valueOf values wait waitAsync warn writable write xor
    """

  /// Modules that come with Node.
  private static let nodeModuleNames: StaticString = """
    assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel
    dns domain events fs http http2 https inspector module net os path perf_hooks process punycode
    querystring readline repl stream string_decoder sys timers tls tty url util v8 vm wasi
    worker_threads zlib fs/promises path/posix path/win32 stream/promises timers/promises util/types
    dns/promises readline/promises assert/strict
    """
}
