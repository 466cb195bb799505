using Breitband.Tests.Service.Http;

namespace Breitband.Tests.Service.Conformance;

/// <summary>One service per kind of store for all suites: they only read.</summary>
[CollectionDefinition(Name)]
public sealed class OnGeoPackage : ICollectionFixture<Served>
{
    public const string Name = "conformance on GeoPackage";
}

[CollectionDefinition(Name)]
public sealed class OnPostGis : ICollectionFixture<ServedFromPostGis>
{
    public const string Name = "conformance on PostGIS";
}

[Collection(OnGeoPackage.Name)]
public sealed class CoreTests(Served served) : CoreContract(served);

[Collection(OnPostGis.Name)]
public sealed class CoreFromPostGisTests(ServedFromPostGis served) : CoreContract(served);

[Collection(OnGeoPackage.Name)]
public sealed class CrsTests(Served served) : CrsContract(served);

[Collection(OnPostGis.Name)]
public sealed class CrsFromPostGisTests(ServedFromPostGis served) : CrsContract(served);

[Collection(OnGeoPackage.Name)]
public sealed class FilterTests(Served served) : FilterContract(served);

[Collection(OnPostGis.Name)]
public sealed class FilterFromPostGisTests(ServedFromPostGis served) : FilterContract(served);

[Collection(OnGeoPackage.Name)]
public sealed class Cql2Tests(Served served) : Cql2Contract(served);

[Collection(OnPostGis.Name)]
public sealed class Cql2FromPostGisTests(ServedFromPostGis served) : Cql2Contract(served);

[Collection(OnGeoPackage.Name)]
public sealed class SchemaTests(Served served) : SchemaContract(served);

[Collection(OnPostGis.Name)]
public sealed class SchemaFromPostGisTests(ServedFromPostGis served) : SchemaContract(served);

[Collection(OnGeoPackage.Name)]
public sealed class OpenApiTests(Served served) : OpenApiContract(served);

[Collection(OnPostGis.Name)]
public sealed class OpenApiFromPostGisTests(ServedFromPostGis served) : OpenApiContract(served);
