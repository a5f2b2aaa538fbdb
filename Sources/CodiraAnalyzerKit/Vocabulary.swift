import CodiraModel

// The words of the model that an analyzer needs, so that it imports the kit alone.
public typealias SymbolKind = CodiraModel.SymbolKind
public typealias SymbolFlags = CodiraModel.SymbolFlags
public typealias Visibility = CodiraModel.Visibility
public typealias OntologyKind = CodiraModel.OntologyKind
public typealias ReferenceRole = CodiraModel.Reference.Role
public typealias ExternalKind = CodiraModel.Reference.External
public typealias Severity = CodiraModel.Diagnostic.Severity
public typealias ByteSpan = CodiraModel.ByteSpan
public typealias DescriptorKind = CodiraModel.StableIDDescriptor.Kind
public typealias DescriptorMark = CodiraModel.StableIDDescriptor.Mark
