# The service as a container: built with the SDK, run without it, as a user who owns nothing but the data folder.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# For the web map; without npm everything but /map would work.
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src/Breitband/Breitband.csproj src/Breitband/
COPY src/Breitband.Service/Breitband.Service.csproj src/Breitband.Service/
RUN dotnet restore src/Breitband.Service --use-current-runtime
COPY data data
COPY docs docs
COPY tiles tiles
COPY src src
RUN dotnet publish src/Breitband.Service -c Release --use-current-runtime --self-contained false --no-restore -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /data
RUN chown "$APP_UID" /data
COPY --from=build /app /app
USER $APP_UID
EXPOSE 8080
VOLUME /data
ENTRYPOINT ["dotnet", "/app/breitband.dll"]
CMD ["serve", "--urls", "http://0.0.0.0:8080"]
